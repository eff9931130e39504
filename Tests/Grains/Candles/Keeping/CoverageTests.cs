using CsCheck;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

public sealed class CoverageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int From, int To)> GenRange = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 10], (from, length) => (from, from + length));

    [Fact]
    public void Gaps_are_what_no_range_covers_before_the_last_time() => Gen.Select(GenRange.Array[1, 12], GenRange).Sample((ranges, asked) =>
    {
        var coverage = new Coverage();
        foreach (var (from, to) in ranges)
        {
            coverage.Add(Range(from, to));
        }

        var covered = Enumerable.Range(0, 80).Where(second => ranges.Any(range => range.From <= second && second < range.To)).ToHashSet();
        var expected = Enumerable.Range(asked.From, asked.To - asked.From)
            .Where(second => !covered.Contains(second) && covered.Any(other => other > second));
        Assert.Equal(expected, coverage.GapsIn(Range(asked.From, asked.To)).SelectMany(Seconds));
        Assert.Equal(covered.Order(), coverage.Ranges.SelectMany(Seconds));
        Assert.All(coverage.Ranges.Zip(coverage.Ranges.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
        Assert.Equal(covered.Where(second => second >= asked.From && second < asked.To).Order(), coverage.In(Range(asked.From, asked.To)).SelectMany(Seconds));
    });

    private static TimeRange Range(int from, int to) => new(Noon.AddSeconds(from), Noon.AddSeconds(to));

    private static IEnumerable<int> Seconds(TimeRange range) =>
        Enumerable.Range((int)(range.From - Noon).TotalSeconds, (int)(range.To - range.From).TotalSeconds);
}
