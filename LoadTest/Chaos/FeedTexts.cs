using System.Globalization;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What became of feeds, as text.</summary>
internal static class FeedTexts
{
    /// <summary>A line on all feeds.</summary>
    public static string Of(FaultReport report)
    {
        var bar = report.FeedBar.Length == 0 ? "" : $" Bar {report.FeedBar}: {(report.IsFeedBarHeld ? "held" : "missed")}";
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", report.Feeds.Select(Of))}; ticks paused {report.LongestPause:N2} s at most.{bar}");
    }

    /// <summary>One feed, such as <c>Kraken of silo-2: connected again after 0.62 s, away after 0.51 s, back after 1.31 s</c>.</summary>
    public static string Of(FeedOutcome feed)
    {
        if (feed.IsKept)
        {
            return $"{feed.Exchange} of {feed.Silo}: kept";
        }

        var times = new List<string?>
        {
            feed.IsHit ? null : "disturbed",
            After("connected again", feed.ConnectedAfter),
            After("away", feed.AwayAfter) ?? "never away",
            feed.AwayAfter is null ? null : After("back", feed.BackAfter) ?? "not back",
        };
        return $"{feed.Exchange} of {feed.Silo}: {string.Join(", ", times.OfType<string>())}";
    }

    private static string? After(string what, double? seconds) =>
        seconds is { } after ? string.Create(CultureInfo.InvariantCulture, $"{what} after {after:N2} s") : null;
}
