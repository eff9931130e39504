using System.Globalization;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// What should become of the exchanges in a fault: those whose feeds ran on other silos notice nothing, the others return within a time.
/// </summary>
/// <param name="Away">
/// How soon clients should be told that an exchange is away whose feed was hit, unless it is connected again by then; null for no limit.
/// </param>
/// <param name="Pause">The longest pause of the ticker; null for no limit.</param>
internal sealed record FeedBar(TimeSpan? Away = null, TimeSpan? Pause = null)
{
    /// <summary>How soon an exchange should count again.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromSeconds(5);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Away is { } away ? $"away ≤ {away.TotalSeconds} s, " : "")}back ≤ {Back.TotalSeconds} s, others kept{(Pause is { } pause ? $"; ticks pause ≤ {pause.TotalSeconds} s" : "")}");

    public bool IsHeldBy(FaultReport report) =>
        report.Feeds.All(feed => feed.IsHit ? IsToldOf(feed) && IsBack(feed) : feed.IsKept)
        && (Pause is null || report.LongestPause <= Pause.Value.TotalSeconds);

    private static bool IsBack(FeedOutcome feed) => (feed.AwayAfter is null ? feed.ConnectedAfter : feed.BackAfter) <= Back.TotalSeconds;

    private bool IsToldOf(FeedOutcome feed) => Away is null || (feed.AwayAfter ?? feed.ConnectedAfter) <= Away.Value.TotalSeconds;
}
