using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Limits;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class SteadyLimiterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SteadyLimiter _limiter;

    public SteadyLimiterTests() => _limiter = new SteadyLimiter(perMinute: 6, _time);

    [Fact]
    public void A_minutes_worth_may_come_at_once_and_then_steadily()
    {
        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(Take()));
        Assert.False(Take());

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(Take());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take());
        Assert.False(Take());

        _time.Advance(TimeSpan.FromHours(1));
        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(Take()));
        Assert.False(Take());
    }

    [Fact]
    public void Who_is_refused_is_told_when_to_come_again_and_is_let_pass_then()
    {
        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(Take()));
        _time.Advance(TimeSpan.FromSeconds(3));

        using var refused = _limiter.AttemptAcquire();

        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(7), wait);
        _time.Advance(wait);
        Assert.True(Take());
    }

    [Fact]
    public void To_look_takes_nothing()
    {
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(Look()));
        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(Take()));
        Assert.False(Look());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Look());
    }

    [Fact]
    public void Only_the_first_refusal_of_a_row_says_that_it_is()
    {
        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(Take()));
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => IsFirst()));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Take());
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => IsFirst()));

        bool IsFirst()
        {
            using var refused = _limiter.AttemptAcquire();
            return refused.TryGetMetadata(SteadyLimiter.First, out var isFirst) && isFirst;
        }
    }

    [Fact]
    public void It_may_be_forgotten_only_once_it_is_full_again()
    {
        Assert.True(Take());
        Assert.Null(_limiter.IdleDuration);
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(2), _limiter.IdleDuration);
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_there_is()
    {
        using var limiter = new SteadyLimiter(perMinute: 1000, _time);
        var passed = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var count = 0; count < 1000; count++)
            {
                using var lease = limiter.AttemptAcquire();
                Interlocked.Add(ref passed, lease.IsAcquired ? 1 : 0);
            }
        })));

        Assert.Equal(1000, passed);
    }

    public void Dispose() => _limiter.Dispose();

    private bool Take()
    {
        using var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired;
    }

    private bool Look()
    {
        using var lease = _limiter.AttemptAcquire(0);
        return lease.IsAcquired;
    }
}
