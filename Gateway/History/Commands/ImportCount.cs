using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>
/// Counts what an import changes, by what the store has before each portion is written. A silo that writes the same candles at the same moment
/// may make the numbers differ a little, and never the candles.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class ImportCount(IHistoryStore store)
{
    /// <summary>How many candles of a symbol are read at a time.</summary>
    private const int Portion = 5_000;

    private long _new;
    private long _replaced;
    private long _kept;

    /// <summary>How many there were.</summary>
    public long All => _new + _replaced + _kept;

    /// <summary>Looks at candles that are about to be written.</summary>
    /// <returns>What <see cref="Add"/> takes once they are.</returns>
    /// <exception cref="HistoryUnavailableException">The store can't be read.</exception>
    public async Task<ImportCount> LookAsync(IReadOnlyList<SymbolCandle> candles, CancellationToken cancellationToken)
    {
        var count = new ImportCount(store);
        foreach (var series in candles.GroupBy(candle => (candle.Symbol, candle.Interval)))
        {
            var known = await ReadAsync(series.Key.Symbol, series.Key.Interval, [.. series.Select(candle => candle.Candle.OpenTime)], cancellationToken);
            foreach (var (_, _, candle) in series)
            {
                if (!known.TryGetValue(candle.OpenTime, out var other))
                {
                    count._new++;
                }
                else if (other.ChangedAt > candle.ChangedAt || IsSame(other, candle))
                {
                    count._kept++;
                    continue; // The store keeps its own.
                }
                else
                {
                    count._replaced++;
                }

                known[candle.OpenTime] = candle; // A file may have it twice.
            }
        }

        return count;
    }

    /// <summary>Adds what was written.</summary>
    public void Add(ImportCount written)
    {
        _new += written._new;
        _replaced += written._replaced;
        _kept += written._kept;
    }

    /// <summary>The count in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_new} new, {_replaced} replaced, {_kept} as they were");

    private static bool IsSame(in Candle one, in Candle other) =>
        (one.Open, one.High, one.Low, one.Close, one.Volume, one.QuoteVolume, one.Trades)
        == (other.Open, other.High, other.Low, other.Close, other.Volume, other.QuoteVolume, other.Trades);

    /// <summary>What the store has between the first and the last of these times.</summary>
    private async Task<Dictionary<DateTimeOffset, Candle>> ReadAsync(
        string symbol, CandleInterval interval, DateTimeOffset[] times, CancellationToken cancellationToken)
    {
        var known = new Dictionary<DateTimeOffset, Candle>();
        var range = new TimeRange(times.Min(), times.Max().AddTicks(1));
        IReadOnlyList<Candle> portion;
        do
        {
            portion = await store.ReadAsync(symbol, interval, range, Portion, isNewest: false, cancellationToken);
            foreach (var candle in portion)
            {
                known[candle.OpenTime] = candle;
                range = range with { From = candle.OpenTime.AddTicks(1) };
            }
        }
        while (portion.Count == Portion && range.From < range.To);

        return known;
    }
}
