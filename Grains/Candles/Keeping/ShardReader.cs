using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Answers queries of a shard: what is in memory, after what is in the store only.</summary>
internal sealed class ShardReader(ShardCandles memory, IHistoryStore store, HistoryOptions options, TimeProvider time)
{
    /// <summary>How many candles are read from the store at a time.</summary>
    internal const int Portion = CandleQuery.MaxLimit + 1;

    /// <summary>Reads a page.</summary>
    /// <exception cref="ArgumentException">The query is wrong.</exception>
    /// <exception cref="HistoryUnavailableException">Some of the candles are in the store only, and it is away.</exception>
    public async Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        var (interval, kept) = (query.Interval, query.Interval.KeptAs());
        var range = new TimeRange(Up(query.From ?? DateTimeOffset.UnixEpoch, interval), Up(query.To ?? DateTimeOffset.MaxValue, interval));
        var wanted = (query.Limit + 1) * (int)(interval.Length() / kept.Length());

        // Memory first: a candle that leaves it meanwhile would be in neither.
        var part = memory.Read(query.Symbol, kept, range);
        var older = range with { To = range.To < part.CompleteSince ? range.To : part.CompleteSince };
        var candles = part.Candles;
        if (older.From < older.To && (query.From is not null || candles.Count < wanted))
        {
            CheckLoaded();
            var limit = query.From is null ? wanted - candles.Count : wanted;
            candles = [.. await ReadStoredAsync(query, older, limit, cancellationToken), .. candles];
        }

        candles = interval == kept ? candles : RollUp(candles, interval, KnownSince(part, kept));
        var hasMore = candles.Count > query.Limit;
        var count = Math.Min(candles.Count, query.Limit);
        var page = CollectionsMarshal.AsSpan(candles).Slice(query.From is null ? candles.Count - count : 0, count);
        var answer = new CandlePage(part.At, part.FinalBefore, [.. page], hasMore, []); // Of a span, since of anything else a pool would keep the pieces.
        return memory.OnlyImported is { } imported && part.At == default
            ? Unwatched(answer, query, range, imported)
            : answer with { Gaps = memory.GapsIn(Answered(answer, query, range), kept) };
    }

    /// <summary>A page of a shard that nobody has watched: candles are there only if they were imported, and all of the time is a gap.</summary>
    private CandlePage Unwatched(CandlePage page, CandleQuery query, TimeRange range, ImmutableArray<TimeRange> imported)
    {
        // No market tells the time here, and where there is no candle, it is better not known.
        var until = time.GetUtcNow() - MarketClock.Lateness;
        var answer = page.Candles.IsEmpty ? page : page with { FinalBefore = until };
        var known = new Coverage();
        known.Add(new TimeRange(until, DateTimeOffset.MaxValue)); // What is yet to come is no gap.
        foreach (var watched in imported)
        {
            known.Add(watched);
        }

        return answer with { Gaps = known.GapsIn(Answered(answer, query, range)) };
    }

    /// <summary>
    /// Reads candles of the interval from the store: portion by portion, since the minutes of a page of longer ones take fifteen times as much
    /// memory as the page.
    /// </summary>
    private async Task<IReadOnlyList<Candle>> ReadStoredAsync(CandleQuery query, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var (kept, isNewest) = (query.Interval.KeptAs(), query.From is null);
        List<Candle> candles = [];
        while (limit > 0 && range.From < range.To && candles.Count <= query.Limit)
        {
            var most = Math.Min(limit, Portion);
            var read = await store.ReadAsync(query.Symbol, kept, range, most, isNewest, cancellationToken);
            if (query.Interval == kept)
            {
                return read;
            }

            candles = CandleSums.RollUp(isNewest ? [.. read, .. candles] : [.. candles, .. read], query.Interval);
            if (read.Count < most)
            {
                return candles;
            }

            limit -= most;
            range = isNewest ? range with { To = read[0].OpenTime } : range with { From = read[^1].OpenTime + kept.Length() };
        }

        return candles;
    }

    /// <summary>What is stored joins what is in memory only after the shard has read how far it was stored.</summary>
    private void CheckLoaded()
    {
        if (!memory.IsLoaded && memory.Start is not null)
        {
            throw new HistoryUnavailableException($"The store could not be read yet since shard {memory.Shard} began.");
        }
    }

    private static void Check(CandleQuery query)
    {
        if (query.Limit is < 1 or > CandleQuery.MaxLimit)
        {
            throw new ArgumentException($"A page has 1 to {CandleQuery.MaxLimit} candles, not {query.Limit}.", nameof(query));
        }

        if (!Enum.IsDefined(query.Interval))
        {
            throw new ArgumentException($"There is no interval {query.Interval}.", nameof(query));
        }

        if (query.From >= query.To)
        {
            throw new ArgumentException($"The range ends at {query.To:O}, which is not after its beginning at {query.From:O}.", nameof(query));
        }
    }

    /// <summary>The first open time that is not before an instant.</summary>
    private static DateTimeOffset Up(DateTimeOffset instant, CandleInterval interval)
    {
        var openTime = interval.OpenTimeAt(instant);
        return openTime == instant || instant > DateTimeOffset.MaxValue - interval.Length() ? instant : openTime + interval.Length();
    }

    /// <summary>The time that a page tells everything of, as far as the candles are kept.</summary>
    private TimeRange Answered(CandlePage page, CandleQuery query, TimeRange range)
    {
        if (query.From is null)
        {
            range = range with { From = page.Candles.IsEmpty ? range.To : page.Candles[0].OpenTime };
        }
        else if (page.HasMore)
        {
            range = range with { To = page.Candles[^1].OpenTime + query.Interval.Length() };
        }

        var keptSince = KeptSince(page.FinalBefore, query.Interval.KeptAs());
        return range with { From = range.From > keptSince ? range.From : keptSince };
    }

    /// <summary>Makes longer candles. One that the first parts of may be gone is none: its figures would be wrong.</summary>
    private static List<Candle> RollUp(List<Candle> parts, CandleInterval interval, DateTimeOffset knownSince)
    {
        var candles = CandleSums.RollUp(parts, interval);
        candles.RemoveAll(candle => candle.OpenTime < knownSince);
        return candles;
    }

    /// <summary>Since when no candle is gone: without a store, what has left the memory is, and otherwise what is no longer kept.</summary>
    private DateTimeOffset KnownSince(MemoryPart part, CandleInterval kept)
    {
        var hasDropped = memory.Start is { } start && part.CompleteSince > start.Of(kept);
        return options.IsProvider(HistoryOptions.None) && hasDropped ? part.CompleteSince : KeptSince(part.FinalBefore, kept);
    }

    private DateTimeOffset KeptSince(DateTimeOffset finalBefore, CandleInterval kept) =>
        options.KeepFor(kept) is { } length && finalBefore > DateTimeOffset.UnixEpoch + length ? finalBefore - length : DateTimeOffset.UnixEpoch;
}
