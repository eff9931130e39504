using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>The checks of the candles that a run left behind.</summary>
internal static class CandleChecks
{
    private const int MaxNamed = 5;

    /// <param name="candles">The candles of each symbol.</param>
    /// <param name="followed">What a client of the channel was sent.</param>
    /// <param name="from">The first second of the run, in Unix seconds.</param>
    /// <param name="to">The end of the last one.</param>
    /// <param name="isSimulated">Whether every symbol is traded in every turn.</param>
    public static IEnumerable<Check> Of(IReadOnlyList<SymbolCandles> candles, FollowedCandles followed, long from, long to, bool isSimulated)
    {
        var seconds = candles.Sum(symbol => symbol.Seconds.Count);
        yield return CheckOf(
            "no candle was doubled or out of order",
            candles.SelectMany(symbol => CandleRules.FindDisorder(symbol.Symbol, symbol.Seconds).Concat(CandleRules.FindDisorder(symbol.Symbol, symbol.Minutes))),
            Count(seconds, "second"));
        if (isSimulated)
        {
            yield return CheckOf(
                "every second had its candle, or was told to be in a gap",
                candles.SelectMany(symbol => CandleRules.FindMissing(symbol, from, to)),
                $"{Count(to - from, "second")} of {Count(candles.Count, "symbol")}");
            yield return CheckOf(
                string.Create(CultureInfo.InvariantCulture, $"no second had no trade, and no seconds had more than {CandleRules.TurnsPerSecond} each and {CandleRules.MostMadeUp}"),
                candles.SelectMany(CandleRules.FindImplausible),
                string.Create(CultureInfo.InvariantCulture, $"{candles.SelectMany(symbol => symbol.Seconds).Select(second => second.Trades).DefaultIfEmpty().Max():N0} at most"));
        }

        var minutes = candles.Sum(symbol => CandleRules.WholeMinutes(symbol, from, to).Count());
        yield return CheckOf(
            "every minute was what its seconds make",
            candles.SelectMany(symbol => CandleRules.FindWrongMinutes(symbol, from, to)),
            minutes == 0 ? "nothing to compare: the run had no whole minute without a gap" : $"{Count(minutes, "minute")} without a gap");
        yield return CheckOf(
            "a client of the channel was sent every candle once, in order, and as it is answered",
            candles.SelectMany(symbol =>
                CandleRules.FindDisorder(symbol.Symbol, followed[symbol.Symbol]).Select(name => $"{name} sent again or late")
                    .Concat(CandleRules.FindDifferences(symbol, followed[symbol.Symbol], from, to))),
            Count(followed.Symbols.Sum(symbol => followed[symbol].Count), "candle"));
    }

    private static Check CheckOf(string name, IEnumerable<string> violations, string counted)
    {
        var found = violations.ToList();
        return new Check(
            name,
            found.Count == 0,
            found.Count == 0 ? counted : $"{Count(found.Count, "violation")}: {string.Join(", ", found.Take(MaxNamed))}{(found.Count > MaxNamed ? ", …" : "")}");
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
