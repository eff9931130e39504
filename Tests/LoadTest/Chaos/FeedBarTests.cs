using OrleansTicker.LoadTest.Chaos;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class FeedBarTests
{
    private static readonly FeedBar Strict = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.25));

    private static readonly FeedOutcome Kept = new() { Exchange = "OKX", Silo = "silo-1", IsHit = false, AwayAfter = null, BackAfter = null, Connects = 0, ConnectedAfter = null };

    private static readonly FeedOutcome Hit = new() { Exchange = "Kraken", Silo = "silo-2", IsHit = true, AwayAfter = 0.5, BackAfter = 1.3, Connects = 1, ConnectedAfter = 1.1 };

    [Fact]
    public void A_feed_that_was_hit_is_told_away_at_once_and_back_soon()
    {
        Assert.True(IsHeld(Strict, Kept, Hit));
        Assert.False(IsHeld(Strict, Hit with { AwayAfter = 1.1 }));
        Assert.True(IsHeld(new FeedBar(), Hit with { AwayAfter = 1.1 }));
        Assert.False(IsHeld(Strict, Hit with { BackAfter = 5.1 }));
        Assert.False(IsHeld(Strict, Hit with { BackAfter = null }));
    }

    [Fact]
    public void It_need_not_be_told_away_if_it_was_connected_again_by_then()
    {
        Assert.True(IsHeld(Strict, Hit with { AwayAfter = null, BackAfter = null, ConnectedAfter = 0.4 }));
        Assert.False(IsHeld(Strict, Hit with { AwayAfter = null, BackAfter = null, ConnectedAfter = 1.1 }));
        Assert.False(IsHeld(new FeedBar(), Hit with { AwayAfter = null, BackAfter = null, ConnectedAfter = null }));
    }

    [Fact]
    public void A_feed_that_was_not_hit_notices_nothing()
    {
        Assert.False(IsHeld(new FeedBar(), Kept with { Connects = 1, ConnectedAfter = 0.1 }));
        Assert.False(IsHeld(new FeedBar(), Kept with { AwayAfter = 0.5, BackAfter = 0.6 }));
    }

    [Fact]
    public void The_ticker_goes_on_where_that_is_asked()
    {
        Assert.False(Strict.IsHeldBy(Report(pause: 0.3, Kept)));
        Assert.True(new FeedBar().IsHeldBy(Report(pause: 0.3, Kept)));
    }

    [Fact]
    public void It_says_what_it_asks_and_what_became_of_each()
    {
        Assert.Equal("away ≤ 1 s, back ≤ 5 s, others kept; ticks pause ≤ 0.25 s", Strict.ToString());
        Assert.Equal("back ≤ 5 s, others kept", new FeedBar().ToString());
        Assert.Equal("OKX of silo-1: kept", FeedTexts.Of(Kept));
        Assert.Equal("Kraken of silo-2: connected again after 1.10 s, away after 0.50 s, back after 1.30 s", FeedTexts.Of(Hit));
        Assert.Equal("Kraken of silo-2: connected again after 1.10 s, never away", FeedTexts.Of(Hit with { AwayAfter = null, BackAfter = null }));
        Assert.Equal("OKX of silo-1: disturbed, away after 0.50 s, not back", FeedTexts.Of(Kept with { AwayAfter = 0.5 }));
    }

    [Fact]
    public void The_run_fails_where_a_feed_reconnected_for_nothing_or_an_exchange_stayed_away()
    {
        Assert.Equal([true, true, true], Checks([], Kept, Hit));
        Assert.Equal([false, true, true], Checks([], Kept with { Connects = 1, ConnectedAfter = 1 }));
        Assert.Equal([true, false, true], Checks([], Hit with { BackAfter = 16 }));
        Assert.Equal([true, false, false], Checks(["Kraken"], Hit with { BackAfter = null }));
    }

    private static IEnumerable<bool> Checks(IReadOnlyList<string> away, params FeedOutcome[] outcomes) =>
        FeedChecks.Of([Report(0, outcomes)], away, TimeSpan.FromSeconds(15)).Select(check => check.Held);

    private static bool IsHeld(FeedBar bar, params FeedOutcome[] outcomes) => bar.IsHeldBy(Report(pause: 0.1, outcomes));

    private static FaultReport Report(double pause, params FeedOutcome[] outcomes) => new()
    {
        Fault = "", StruckAt = default, Target = "", Seconds = 1, LongestSilence = 1, SilenceP99 = 1, SilenceP99OfLost = 0, Shortfalls = [], LongestPause = pause, SocketsClosed = 0, Closes = [], Resumed = 0, BegunAnew = 0, Refused = 0, Feeds = outcomes,
    };
}
