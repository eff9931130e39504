using OrleansTicker.LoadTest.Chaos;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class BarTests
{
    private static readonly FaultReport Seen = new()
    {
        Fault = "", StruckAt = default, Target = "", Seconds = 1, LongestSilence = 2, SilenceP99 = 2, SilenceP99OfLost = 0.5, Shortfalls = new() { ["gateway-1"] = 0.2, ["gateway-2"] = 1.6 }, LongestPause = 0, SocketsClosed = 3, Closes = [], Resumed = 2, BegunAnew = 1, Refused = 0,
    };

    [Fact]
    public void A_bar_is_held_where_all_of_it_is()
    {
        var enough = new Bar(TimeSpan.FromSeconds(2), Failover: TimeSpan.FromSeconds(1.6));
        Assert.True(enough.IsHeldBy(Seen));
        Assert.False((enough with { Silence = TimeSpan.FromSeconds(1.9) }).IsHeldBy(Seen));
        Assert.True((enough with { Silence = TimeSpan.FromSeconds(1), IsOfMost = true }).IsHeldBy(Seen));
        Assert.False((enough with { KeepsSockets = true }).IsHeldBy(Seen));
        Assert.False((enough with { Resumes = true }).IsHeldBy(Seen));
        Assert.False((enough with { Failover = null }).IsHeldBy(Seen));
    }

    [Fact]
    public void It_says_what_it_asks() =>
        Assert.Equal("≤ 1.5 s for 99 %, no close, by cursor; ≤ 1.5 s below 90/s", new Bar(TimeSpan.FromSeconds(1.5), true, true, true).ToString());
}
