using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Benchmarks;

/// <summary>Candles of 2,000 symbols whose prices go up and down, with as many digits as exchanges give.</summary>
internal sealed class HistoryCandles
{
    /// <summary>When the first ones begin.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private const long Epoch = 1_772_323_200_123;

    private readonly Random _random = new(1);
    private readonly decimal[] _prices;
    private long _seq;

    public HistoryCandles() => _prices = Array.ConvertAll(Symbols, _ => Round((decimal)Math.Pow(10, (9 * _random.NextDouble()) - 4)));

    /// <summary>Their names.</summary>
    public static string[] Symbols { get; } = [.. Enumerable.Range(0, 2_000).Select(number => $"C{number:0000}-USD")];

    /// <summary>What the shards have to write when all symbols have these candles.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="indexes">Which ones, counted from <see cref="Start"/>.</param>
    public List<ShardWrite> Next(CandleInterval interval, params IReadOnlyList<int> indexes)
    {
        var at = new CandlePosition(Epoch, _seq += 200);
        var range = new TimeRange(Start + (indexes[0] * interval.Length()), Start + ((indexes[^1] + 1) * interval.Length()));
        return
        [
            .. Symbols.Select((symbol, number) => (symbol, number)).GroupBy(entry => ICandleGrain.ShardOf(entry.symbol)).Select(shard => new ShardWrite(
                shard.Key, at, range.From, [range],
                [.. shard.SelectMany(entry => indexes.Select(index => new SymbolCandle(entry.symbol, interval, Make(entry.number, interval, index, at))))])),
        ];
    }

    // Prices have about six digits, sizes up to eight.
    private static decimal Round(decimal price) => price switch
    {
        >= 100 => decimal.Round(price, 2),
        >= 1 => decimal.Round(price, 4),
        _ => decimal.Round(price, 8),
    };

    private Candle Make(int symbol, CandleInterval interval, int index, CandlePosition at)
    {
        var openTime = Start + (index * interval.Length());
        var open = _prices[symbol];
        var close = _prices[symbol] = Round(open * (1 + ((decimal)_random.NextDouble() - 0.5m) / 500));
        var volume = _random.Next(1, 1_000_000_000) / 1_000_000m;
        return new Candle
        {
            OpenTime = openTime,
            Open = open,
            High = Math.Max(open, close),
            Low = Math.Min(open, close),
            Close = close,
            Volume = volume,
            QuoteVolume = volume * open,
            Trades = _random.Next(1, 50),
            FirstAt = openTime.AddMicroseconds(_random.Next(500_000)),
            LastAt = openTime.AddMicroseconds(_random.Next(500_000, 1_000_000)),
            ChangedAt = at,
        };
    }
}
