using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The checks of the exchanges, with limits that a slow machine keeps too.</summary>
internal static class FeedChecks
{
    /// <param name="faults">The faults.</param>
    /// <param name="away">The exchanges that do not count at the end.</param>
    /// <param name="longestAbsence">How long an exchange may need to return.</param>
    public static IEnumerable<Check> Of(IReadOnlyList<FaultReport> faults, IReadOnlyList<string> away, TimeSpan longestAbsence)
    {
        var outcomes = faults.SelectMany(fault => fault.Feeds).ToList();
        var disturbed = outcomes.Where(feed => !feed.IsHit && feed.Connects > 0).Select(feed => feed.Exchange).Distinct().ToList();
        yield return new Check("no feed reconnected whose silo was not hit", disturbed.Count == 0, disturbed.Count == 0 ? "none did" : string.Join(", ", disturbed));
        var slow = outcomes.Where(feed => feed.AwayAfter is not null && !(feed.BackAfter <= longestAbsence.TotalSeconds)).Select(feed => feed.Exchange).Distinct().ToList();
        var longest = outcomes.Select(feed => feed.BackAfter ?? 0).DefaultIfEmpty().Max();
        yield return new Check(
            string.Create(CultureInfo.InvariantCulture, $"every exchange that was away was back after {longestAbsence.TotalSeconds} s"),
            slow.Count == 0,
            string.Create(CultureInfo.InvariantCulture, $"{longest:N1} s at most{(slow.Count == 0 ? "" : $", not {string.Join(", ", slow)}")}"));
        yield return new Check("every exchange ended live", away.Count == 0, away.Count == 0 ? "all" : $"without {string.Join(", ", away)}");
    }
}
