using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>The candles of a run, as they are answered at its end and as a client was sent them.</summary>
/// <param name="Candles">The candles of each symbol.</param>
/// <param name="Followed">What the client was sent.</param>
/// <param name="From">The first second of the run, in Unix seconds.</param>
/// <param name="To">The end of the last one.</param>
internal sealed record CandleOutcome(IReadOnlyList<SymbolCandles> Candles, FollowedCandles Followed, long From, long To)
{
    /// <summary>How long nobody watched, for the symbol for which that was longest.</summary>
    public TimeSpan Gap => Candles.Select(symbol => symbol.Gaps.Length).DefaultIfEmpty().Max();

    /// <summary>
    /// How long a gap each fault made, for the symbol for which it was longest. A gap belongs to the last fault that began before its end, since
    /// it may begin before the fault: what was not yet passed on is lost too.
    /// </summary>
    /// <param name="strikes">When the faults began, in order.</param>
    public IReadOnlyList<TimeSpan> GapsOf(IReadOnlyList<DateTimeOffset> strikes) =>
        [.. strikes.Select((_, fault) => Candles.Select(symbol => GapOf(symbol.Gaps, strikes, fault)).DefaultIfEmpty().Max())];

    public IEnumerable<Check> Check(bool isSimulated) => CandleChecks.Of(Candles, Followed, From, To, isSimulated);

    private static TimeSpan GapOf(GapList gaps, IReadOnlyList<DateTimeOffset> strikes, int fault) =>
        TimeSpan.FromSeconds(gaps.Gaps.Where(gap => FaultOf(gap.To, strikes) == fault).Sum(gap => gap.To - gap.From));

    private static int FaultOf(long end, IReadOnlyList<DateTimeOffset> strikes) => strikes.Count(strike => strike.ToUnixTimeSeconds() < end) - 1;
}
