using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Tests.History;

/// <summary>Candles to write.</summary>
internal static class HistoryData
{
    /// <summary>A midnight of UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Later than every candle.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    /// <summary>A candle that holds one price.</summary>
    /// <param name="openTime">When it begins.</param>
    /// <param name="price">The price.</param>
    /// <param name="seq">When it changed, in epoch 7.</param>
    public static Candle Candle(DateTimeOffset openTime, decimal price, long seq = 1) => new()
    {
        OpenTime = openTime,
        Open = price,
        High = price + 1.5m,
        Low = price - 0.25m,
        Close = price + 1,
        Volume = 0.5m,
        QuoteVolume = price / 2,
        Trades = 3,
        FirstAt = openTime.AddMicroseconds(1_234),
        LastAt = openTime.AddMilliseconds(900),
        ChangedAt = new CandlePosition(7, seq),
    };

    /// <summary>Candles of a symbol, one after another.</summary>
    public static IEnumerable<SymbolCandle> Series(string symbol, CandleInterval interval, int count, DateTimeOffset? from = null) =>
        Enumerable.Range(0, count).Select(index =>
            new SymbolCandle(symbol, interval, Candle((from ?? Start) + (index * interval.Length()), 100 + index)));

    /// <summary>What shards have to write that have these candles and nothing else.</summary>
    public static ShardWrite[] Writes(params IEnumerable<SymbolCandle> candles) =>
    [
        .. candles.GroupBy(candle => ICandleGrain.ShardOf(candle.Symbol))
            .Select(shard => new ShardWrite(shard.Key, default, default, [], [.. shard])),
    ];

    /// <summary>A range of times, in seconds after <see cref="Start"/>.</summary>
    public static TimeRange Range(double from, double to) => new(Start.AddSeconds(from), Start.AddSeconds(to));
}
