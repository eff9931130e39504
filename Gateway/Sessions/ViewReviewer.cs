using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Asks a session's connection what the session may see when the market has new symbols.</summary>
/// <param name="connection">The connection.</param>
/// <param name="candles">The candles that it is sent, which are reviewed with its prices.</param>
/// <param name="lifetime">Is ended if there is no answer.</param>
/// <param name="logger">Logs that.</param>
internal sealed class ViewReviewer(Connection connection, CandleChannel candles, SessionLifetime lifetime, ILogger logger) : IViewReviewer
{
    public void Review(TickerChannel channel, MarketState market) => _ = ReviewAsync(channel, market);

    private async Task ReviewAsync(TickerChannel channel, MarketState market)
    {
        try
        {
            // Not on the worker, which has other sessions to serve.
            var view = await Task.Run(() => connection.ReviewAsync(market));
            channel.Apply(new ViewChange(view, market.SymbolsFor(view.NamedSymbols()), IsReview: true));
            candles.Apply(view, isReview: true);
        }
        catch (Exception e)
        {
            logger.ConnectionLost(e, connection.Id);
            lifetime.End(CloseReason.ConnectionLost);
        }
    }
}
