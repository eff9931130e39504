using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

public sealed class RetryDelayTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(3);

    [Fact]
    public void The_bound_doubles_up_to_the_longest_and_begins_again_after_a_reset()
    {
        // The highest draw shows the bound.
        var retry = new RetryDelay(First, Max, new FixedRandom(1));

        Assert.Equal([0.5, 1, 2, 3, 3, 3], Enumerable.Range(0, 6).Select(_ => retry.Next().TotalSeconds));
        retry.Reset();
        Assert.Equal(First, retry.Next());
    }

    [Fact]
    public void Every_wait_below_the_bound_is_drawn_but_never_none()
    {
        Assert.Equal(First / 4, new RetryDelay(First, Max, new FixedRandom(0.25)).Next());
        Assert.Equal(TimeSpan.FromMilliseconds(1), new RetryDelay(First, Max, new FixedRandom(0)).Next());
    }

    [Fact]
    public void An_exchange_that_stays_away_for_days_does_not_overflow_it()
    {
        var retry = new RetryDelay(First, Max, new FixedRandom(1));

        Assert.All(Enumerable.Range(0, 10_000).Select(_ => retry.Next()), d => Assert.InRange(d, First, Max));
    }

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
