using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>
/// The last 24 hours of a shard's symbols, made of whole hours and of the minutes at both edges. What is final of them is added up once a
/// minute; only the running minutes are added to that for each answer. For one thread at a time.
/// </summary>
internal sealed class DayWindows(ShardCandles memory, IHistoryStore store)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Dictionary<string, DayWindow> _windows = [];

    /// <summary>The days of all symbols that have candles in them.</summary>
    /// <exception cref="HistoryUnavailableException">Minutes that are in the store only are needed, and it is away.</exception>
    public async Task<ImmutableArray<SymbolDay>> GetAsync(CancellationToken cancellationToken)
    {
        var until = CandleInterval.Minute.OpenTimeAt(memory.FinalBefore);
        if (until - DateTimeOffset.UnixEpoch < Day)
        {
            return []; // There has not been any time yet.
        }

        var days = ImmutableArray.CreateBuilder<SymbolDay>();
        var isWatched = memory.IsWatchedSince(until - Day);
        foreach (var symbol in memory.Symbols)
        {
            var known = _windows.GetValueOrDefault(symbol);
            if (known?.Until != until)
            {
                _windows[symbol] = known = await MakeAsync(symbol, until, known, cancellationToken);
            }

            var running = memory.Read(symbol, CandleInterval.Minute, new TimeRange(until, DateTimeOffset.MaxValue)).Candles;
            if (Join(known.Sum, running) is { } sum)
            {
                var isWhole = isWatched && known.HasEarlier;
                var first = CandleInterval.Minute.OpenTimeAt(sum.FirstAt); // A whole hour may begin without a price.
                days.Add(new SymbolDay(symbol, first > until - Day ? first : until - Day, isWhole, sum.Open, sum.High, sum.Low, sum.Volume, sum.QuoteVolume, sum.Trades));
            }
        }

        return days.DrainToImmutable();
    }

    private static Candle? Join(Candle? sum, List<Candle> candles)
    {
        foreach (var candle in candles)
        {
            sum = sum?.Join(candle, sum.Value.OpenTime) ?? candle;
        }

        return sum;
    }

    private async Task<DayWindow> MakeAsync(string symbol, DateTimeOffset until, DayWindow? known, CancellationToken cancellationToken)
    {
        var since = until - Day;
        var edge = await ReadEdgeAsync(symbol, since, known?.Edge, cancellationToken);
        var hoursFrom = edge.Hour + CandleInterval.Hour.Length();
        var hoursTo = CandleInterval.Hour.OpenTimeAt(until);
        var hours = memory.Read(symbol, CandleInterval.Hour, new TimeRange(DateTimeOffset.MinValue, hoursTo)).Candles;
        var minutes = memory.Read(symbol, CandleInterval.Minute, new TimeRange(hoursTo, until)).Candles;

        var sum = Join(null, edge.Minutes.FindAll(minute => minute.OpenTime >= since));
        sum = Join(sum, hours.FindAll(hour => hour.OpenTime >= hoursFrom));
        return new DayWindow(until, Join(sum, minutes), hours.Count > 0 && hours[0].FirstAt < since, edge);
    }

    /// <summary>The minutes of the hour that the window begins in. Those that are not in memory are read from the store, once an hour.</summary>
    private async Task<DayEdge> ReadEdgeAsync(string symbol, DateTimeOffset since, DayEdge? known, CancellationToken cancellationToken)
    {
        var hour = CandleInterval.Hour.OpenTimeAt(since);
        if (known?.Hour == hour)
        {
            return known;
        }

        var range = new TimeRange(hour, hour + CandleInterval.Hour.Length());
        var part = memory.Read(symbol, CandleInterval.Minute, range);
        var minutes = part.CompleteSince <= hour
            ? part.Candles
            : await store.ReadAsync(symbol, CandleInterval.Minute, range, 60, isNewest: false, cancellationToken);
        return new DayEdge(hour, [.. minutes]);
    }

    /// <summary>The first hour of the last 24, which only the end of counts.</summary>
    /// <param name="Hour">Its open time.</param>
    /// <param name="Minutes">Its minutes.</param>
    private sealed record DayEdge(DateTimeOffset Hour, List<Candle> Minutes);

    /// <summary>What is final of the last 24 hours.</summary>
    /// <param name="Until">Where it ends.</param>
    /// <param name="Sum">All of it as a candle; null if there is nothing.</param>
    /// <param name="HasEarlier">Whether there are prices before it.</param>
    /// <param name="Edge">Its first hour.</param>
    private sealed record DayWindow(DateTimeOffset Until, Candle? Sum, bool HasEarlier, DayEdge Edge);
}
