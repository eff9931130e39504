using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Answers clients that subscribe to candles: their connection decides what they may see, and the gateway how many series they may have and how
/// far back they may begin.
/// </summary>
internal sealed class CandleSubscriptions(ICandleFeed feed, IOptions<TickerSessionOptions> options, TimeProvider time)
{
    /// <summary>How far before the newest closed candle a client may begin, in intervals. Older ones are for the REST API.</summary>
    internal const int MostBack = 1000;

    /// <summary>How long the newest candles may take to be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Subscribes.</summary>
    /// <param name="connection">The client's connection.</param>
    /// <param name="message">What the client wants.</param>
    /// <param name="market">The market.</param>
    /// <returns>What to answer, and from where on the client gets candles; null if it gets the newest.</returns>
    public async Task<(ConnectionReply Reply, CandleStart? Start)> SubscribeAsync(Connection connection, SubscribeCandlesMessage message, MarketState market)
    {
        var before = connection.WantedCandles;
        ImmutableArray<CandleSeries> named = [.. message.Symbols.Select(symbol => new CandleSeries(symbol, message.Interval)).Distinct()];
        if (before.Union(named).Count() > options.Value.CandleSeries)
        {
            return (ConnectionReply.Of(new ErrorMessage(
                "too_many_series", $"A session may have candles of {options.Value.CandleSeries} series at most. Nothing was changed.")), null);
        }

        var reply = await connection.MessageAsync(message, market);
        if (message.From is not { } from || reply.View?.Candles is not { } seen)
        {
            return (reply, null);
        }

        ImmutableArray<CandleSeries> wanted = [.. named.Intersect(seen)];
        var refusals = await Task.WhenAll(wanted.Select(series => FindRefusalAsync(series, from)));
        ImmutableArray<CandleSeries> refused = [.. wanted.Where((_, index) => refusals[index] is not null)];
        if (refused.IsEmpty)
        {
            return (reply, new CandleStart(wanted, from));
        }

        // What the client had already stays as it was.
        ImmutableArray<string> taken = [.. refused.Except(before).Select(series => series.Symbol)];
        var after = taken.IsEmpty ? reply : await connection.MessageAsync(new UnsubscribeCandlesMessage(taken, message.Interval), market);
        ServerMessage[] messages =
        [
            .. reply.Messages.OfType<ErrorMessage>(), .. refusals.OfType<ErrorMessage>(), .. after.Messages.OfType<SubscribedCandlesMessage>(),
        ];
        return (after with { Messages = [.. messages] }, new CandleStart([.. wanted.Except(refused)], from));
    }

    private async Task<ErrorMessage?> FindRefusalAsync(CandleSeries series, DateTimeOffset from)
    {
        var watched = feed.Acquire(series);
        try
        {
            var newest = watched.Newest ?? await watched.FirstAsync.WaitAsync(Patience, time);
            return newest.FinalBefore - from > series.Interval.Length() * (MostBack + 1)
                ? new ErrorMessage(
                    "from_too_early",
                    $"\"from\" may be {MostBack} candles back at most, and is more for {series.Symbol}. Read older ones with the REST API, then subscribe from where they end.",
                    [series.Symbol])
                : null;
        }
        catch (TimeoutException)
        {
            return new ErrorMessage("unavailable", $"The candles of {series.Symbol} can't be read now. Try again.", [series.Symbol]);
        }
        finally
        {
            feed.Release(watched);
        }
    }
}
