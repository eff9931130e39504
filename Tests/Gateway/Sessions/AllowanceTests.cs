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
