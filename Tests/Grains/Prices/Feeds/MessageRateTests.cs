using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

public sealed class MessageRateTests
{
    private readonly MessageRate _rate = new();

    [Fact]
    public void The_rate_is_that_of_the_last_seconds()
    {
        Add(from: 0, seconds: 60, perSecond: 100);
        Add(from: 60, seconds: 10, perSecond: 4);

        Assert.Equal(4, _rate.PerSecond(TimeSpan.FromSeconds(70) - TimeSpan.FromTicks(1)), 0.001);
    }

    [Fact]
    public void It_falls_to_none_when_nothing_comes()
    {
        Add(from: 0, seconds: 5, perSecond: 100);

        Assert.Equal(0, _rate.PerSecond(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public void The_first_seconds_count_as_what_they_are()
    {
        Add(from: 0, seconds: 2, perSecond: 7);

        Assert.Equal(7, _rate.PerSecond(TimeSpan.FromSeconds(2)));
    }

    private void Add(int from, int seconds, int perSecond)
    {
        for (var message = 0; message < seconds * perSecond; message++)
        {
            _rate.Add(TimeSpan.FromSeconds(from + ((double)message / perSecond)));
        }
    }
}
