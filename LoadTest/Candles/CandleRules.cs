using System.Globalization;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>What must hold for the candles of a symbol. Each rule names what violates it, such as <c>BTC-USD 12:00:01</c>.</summary>
internal static class CandleRules
{
    /// <summary>The turns of a second: a simulated symbol has one trade in each.</summary>
    public const long TurnsPerSecond = 100;

    /// <summary>
    /// How many more trades than that there may be in any stretch of seconds, however long: turns that were late are made up for, half a second
    /// of them at most, and both ends of a stretch are cut. A second that was counted twice has about 100 too many.
    /// </summary>
    public const long MostMadeUp = 60;

    private const int Minute = 60;

    /// <summary>Candles that do not open later than the one before.</summary>
    public static IEnumerable<string> FindDisorder(string symbol, IReadOnlyList<ReceivedCandle> candles)
    {
        for (var i = 1; i < candles.Count; i++)
        {
            if (candles[i].OpenTime <= candles[i - 1].OpenTime)
            {
                yield return Name(symbol, candles[i].OpenTime);
            }
        }
    }

    /// <summary>Seconds from <paramref name="from"/> until <paramref name="to"/> that have no candle and lie in no gap.</summary>
    public static IEnumerable<string> FindMissing(SymbolCandles candles, long from, long to)
    {
        var known = candles.Seconds.Select(candle => candle.OpenTime).ToHashSet();
        for (var second = from; second < to; second++)
        {
            if (!known.Contains(second) && !candles.Gaps.Touch(second, second + 1))
            {
                yield return Name(candles.Symbol, second);
            }
        }
    }

    /// <summary>Seconds without a trade, and those with which a stretch of seconds has more trades than turns. Gaps end a stretch.</summary>
    public static IEnumerable<string> FindImplausible(SymbolCandles candles)
    {
        var surplus = 0L;
        foreach (var second in candles.Seconds)
        {
            if (candles.Gaps.Touch(second.OpenTime, second.OpenTime + 1))
            {
                surplus = 0;
                continue;
            }

            surplus = Math.Max(surplus, 0) + second.Trades - TurnsPerSecond;
            if (second.Trades < 1 || surplus > MostMadeUp)
            {
                surplus = 0;
                yield return string.Create(CultureInfo.InvariantCulture, $"{Name(candles.Symbol, second.OpenTime)} with {second.Trades}");
            }
        }
    }

    /// <summary>The minutes that can be compared with their seconds: those within the range that no gap touches.</summary>
    public static IEnumerable<ReceivedCandle> WholeMinutes(SymbolCandles candles, long from, long to) =>
        candles.Minutes.Where(minute => minute.OpenTime >= from && minute.OpenTime + Minute <= to && !candles.Gaps.Touch(minute.OpenTime, minute.OpenTime + Minute));

    /// <summary>Whole minutes that are not what their seconds make.</summary>
    public static IEnumerable<string> FindWrongMinutes(SymbolCandles candles, long from, long to)
    {
        var seconds = candles.Seconds.ToLookup(second => second.OpenTime - (second.OpenTime % Minute));
        return WholeMinutes(candles, from, to)
            .Where(minute => minute != Fold(minute.OpenTime, [.. seconds[minute.OpenTime]]))
            .Select(minute => Name(candles.Symbol, minute.OpenTime));
    }

    /// <summary>Closed seconds in which a client that followed differs from the answer, from <paramref name="from"/> until <paramref name="to"/>.</summary>
    public static IEnumerable<string> FindDifferences(SymbolCandles candles, IReadOnlyList<ReceivedCandle> followed, long from, long to)
    {
        var answered = InRange(candles.Seconds, from, to);
        var sent = InRange(followed, from, to);
        foreach (var openTime in answered.Keys.Union(sent.Keys).Order())
        {
            var what = !answered.TryGetValue(openTime, out var there) ? "only sent"
                : !sent.TryGetValue(openTime, out var here) ? "not sent"
                : here != there ? "sent with other figures" : null;
            if (what is not null)
            {
                yield return $"{Name(candles.Symbol, openTime)} {what}";
            }
        }
    }

    private static Dictionary<long, ReceivedCandle> InRange(IReadOnlyList<ReceivedCandle> candles, long from, long to) =>
        candles.Where(candle => candle.OpenTime >= from && candle.OpenTime < to).GroupBy(candle => candle.OpenTime).ToDictionary(group => group.Key, group => group.Last());

    private static ReceivedCandle? Fold(long openTime, IReadOnlyList<ReceivedCandle> seconds) => seconds.Count == 0 ? null : new ReceivedCandle(
        openTime,
        seconds[0].Open,
        seconds.Max(second => second.High),
        seconds.Min(second => second.Low),
        seconds[^1].Close,
        seconds.Sum(second => second.Volume),
        seconds.Sum(second => second.QuoteVolume),
        seconds.Sum(second => second.Trades),
        Closed: true);

    private static string Name(string symbol, long openTime) =>
        $"{symbol} {DateTimeOffset.FromUnixTimeSeconds(openTime).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
}
