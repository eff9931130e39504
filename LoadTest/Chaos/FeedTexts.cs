using System.Globalization;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What became of feeds, as text.</summary>
internal static class FeedTexts
{
    /// <summary>A line on all feeds.</summary>
    public static string Of(FaultReport report) =>
        $"{string.Join("; ", report.Feeds.Select(Of))}. Bar {(report.FeedBar.Length == 0 ? "none" : $"{report.FeedBar}: {(report.IsFeedBarHeld ? "held" : "missed")}")}";

    /// <summary>One feed, such as <c>Kraken of silo-2 hit: away after 0.62 s, back after 1.31 s</c>.</summary>
    public static string Of(FeedOutcome feed)
    {
        var times = string.Create(CultureInfo.InvariantCulture, $"away after {feed.AwayAfter:N2} s, {(feed.BackAfter is { } back ? $"back after {back:N2} s" : "not back")}");
        return $"{feed.Exchange} of {feed.Silo} {(feed.IsKept ? "kept" : $"{(feed.IsHit ? "hit" : "disturbed")}: {(feed.AwayAfter is null ? "never away" : times)}, {feed.Connects} connects")}";
    }
}
