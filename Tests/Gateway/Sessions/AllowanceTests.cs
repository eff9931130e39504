using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Sessions;

namespace OrleansTicker.Tests.Gateway.Sessions;

public sealed class AllowanceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_burst_may_be_used_at_once_and_comes_back_at_the_rate()
    {
        var allowance = new Allowance(perSecond: 10, burst: 3, _time);

        Assert.Equal(3, TakeAll(ref allowance));
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, TakeAll(ref allowance));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, TakeAll(ref allowance));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, TakeAll(ref allowance));
    }

    [Theory]
    [InlineData(3, 7)] // Does not divide the clock's frequency.
    [InlineData(10_000L << 20, 10_000L << 20)] // Sessions:MessagesPerSecond and :MaxMessageBytes at their most.
    [InlineData(1, 10_000L << 20)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void No_rate_is_too_high_or_too_low_to_be_kept(long perSecond, long burst)
    {
        var allowance = new Allowance(perSecond, burst, _time);

        Assert.True(allowance.TryTake(burst));
        Assert.False(allowance.TryTake());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(allowance.TryTake(Math.Min(perSecond, burst)));
        Assert.False(allowance.TryTake());
    }

    private static int TakeAll(ref Allowance allowance)
    {
        var taken = 0;
        while (allowance.TryTake())
        {
            taken++;
        }

        return taken;
    }
}
