using System.Globalization;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// What should become of the exchanges in a fault: those whose feeds ran on other silos notice nothing, the others return within a time.
/// </summary>
/// <param name="Away">How soon clients should be told that an exchange is away whose feed was hit; null if they need not be.</param>
internal sealed record FeedBar(TimeSpan? Away = null)
{
    /// <summary>How soon an exchange should count again.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromSeconds(5);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Away is { } away ? $"away ≤ {away.TotalSeconds} s, " : "")}back ≤ {Back.TotalSeconds} s; others kept");

    /// <summary>Whether it is held. An exchange that was never away, because its feed had returned before anybody noticed, is back.</summary>
    public bool IsHeldBy(IReadOnlyList<FeedOutcome> outcomes) => outcomes.All(outcome => outcome.IsHit
        ? (Away is null || outcome.AwayAfter <= Away.Value.TotalSeconds) && (outcome.AwayAfter is null || outcome.BackAfter <= Back.TotalSeconds)
        : outcome.IsKept);
}
