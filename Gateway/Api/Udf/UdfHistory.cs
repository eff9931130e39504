using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>Reads candles for charts.</summary>
internal sealed class UdfHistory(CandleReader reader, IMarketFeed feed)
{
    /// <summary>Reads candles.</summary>
    /// <param name="range">Which ones.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The answer; null if there is no such symbol.</returns>
    public async Task<UdfHistoryJson?> ReadAsync(UdfRange range, CancellationToken cancellationToken)
    {
        if (range.From >= range.To)
        {
            return UdfHistoryJson.None(await FindEarlierAsync(range, cancellationToken));
        }

        var pages = new Stack<IEnumerable<Candle>>();
        var (missing, to, hasMore) = (range.Count, range.To, true);
        while (missing > 0 && hasMore)
        {
            // The shard gives the last ones before a time only if it is told no beginning.
            var page = await ReadAsync(range, to, Math.Min(missing, CandleQuery.MaxLimit), cancellationToken);
            var candles = page.Candles.Where(candle => range.From is not { } from || candle.OpenTime >= from).ToList();
            pages.Push(candles);
            missing -= candles.Count;
            hasMore = page.HasMore && candles.Count == page.Candles.Length && candles.Count > 0;
            to = candles.Count > 0 ? candles[0].OpenTime : to;
        }

        List<Candle> all = [.. pages.SelectMany(page => page)];
        return all.Count > 0 ? UdfHistoryJson.Of(all)
            : !feed.Newest.TryGetPlace(range.Symbol, out _) && await FindEarlierAsync(range with { From = DateTimeOffset.MaxValue }, cancellationToken) is null ? null
            : UdfHistoryJson.None(await FindEarlierAsync(range, cancellationToken));
    }

    /// <summary>The open time of the last candle before the range; null if there is none, or the range has no beginning.</summary>
    private async Task<DateTimeOffset?> FindEarlierAsync(UdfRange range, CancellationToken cancellationToken)
    {
        if (range.From is not { } from)
        {
            return null;
        }

        var page = await ReadAsync(range, from, 1, cancellationToken);
        return page.Candles is [var candle, ..] ? candle.OpenTime : null;
    }

    private async Task<CandlePage> ReadAsync(UdfRange range, DateTimeOffset? to, int limit, CancellationToken cancellationToken)
    {
        // A read goes on without the client, so it keeps its room.
        var page = await reader.ReadAsync(new CandleQuery(range.Symbol, range.Interval, null, to, limit), CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return page;
    }
}
