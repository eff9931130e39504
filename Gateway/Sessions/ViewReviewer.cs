using System.Collections.Immutable;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Asks a session's connection what the session may see of symbols that are new in the market.</summary>
/// <param name="connection">The connection.</param>
/// <param name="lifetime">What ends where there is no answer.</param>
/// <param name="logger">Where that is told.</param>
internal sealed class ViewReviewer(Connection connection, SessionLifetime lifetime, ILogger logger) : IViewReviewer
{
    public void Review(TickerChannel channel, ImmutableArray<string> symbols) => _ = ReviewAsync(channel, symbols);

    private async Task ReviewAsync(TickerChannel channel, ImmutableArray<string> symbols)
    {
        try
        {
            // Elsewhere than on the worker, which has others to serve.
            var view = await Task.Run(() => connection.ReviewAsync(symbols));
            channel.Apply(new ViewChange(view, symbols, IsReview: true));
        }
        catch (Exception e)
        {
            logger.ConnectionLost(e, connection.Id);
            lifetime.End(CloseReason.ConnectionLost);
        }
    }
}
