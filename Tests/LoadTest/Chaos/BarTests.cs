using OrleansTicker.LoadTest.Chaos;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class BarTests
{
    private static readonly FaultReport Seen = new()
    {
        Fault = "", Target = "", Seconds = 1, LongestSilence = 2, SilenceP99 = 2, SilenceP99OfLost = 0.5, SocketsClosed = 3, Closes = [], Resumed = 2, BegunAnew = 1, Refused = 0,
    };

    [Fact]
    public void A_bar_is_held_where_all_of_it_is()
    {
        Assert.True(new Bar(TimeSpan.FromSeconds(2)).IsHeldBy(Seen));
        Assert.False(new Bar(TimeSpan.FromSeconds(1.9)).IsHeldBy(Seen));
        Assert.True(new Bar(TimeSpan.FromSeconds(1), IsOfMost: true).IsHeldBy(Seen));
        Assert.False(new Bar(TimeSpan.FromSeconds(2), KeepsSockets: true).IsHeldBy(Seen));
        Assert.False(new Bar(TimeSpan.FromSeconds(2), Resumes: true).IsHeldBy(Seen));
    }

    [Fact]
    public void It_says_what_it_asks() =>
        Assert.Equal("≤ 1.5 s for 99 %, no close, by cursor", new Bar(TimeSpan.FromSeconds(1.5), true, true, true).ToString());
}
