using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>When a worker ends sessions whose tokens expire: within a second, whenever its other checks are. Only the tests move the clock.</summary>
public sealed class SessionExpiryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Ticks.Noon);
    private readonly FanoutWorker _worker;
    private readonly List<TestSession> _sessions = [];

    public SessionExpiryTests()
    {
        _worker = new FanoutWorker(0, new FakeMarketFeed(("A", 1)), new DirectTransport(), _time, TimeSpan.FromSeconds(30), NullLogger.Instance);
        _worker.Start();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(999)]
    [InlineData(1001)]
    [InlineData(7_500)]
    public async Task A_session_has_ended_a_second_after_its_token_expired_and_has_not_before(int lifetimeMs)
    {
        var session = await OpenAsync(TimeSpan.FromMilliseconds(lifetimeMs));
        await PassAsync(session, TimeSpan.FromMilliseconds(lifetimeMs - 1));
        Assert.Empty(Endings);

        await PassAsync(session, TimeSpan.FromMilliseconds(1) + TimeSpan.FromMilliseconds(250));

        Assert.Equal([CloseReason.TokenExpired], Endings);
    }

    [Fact]
    public async Task Each_session_ends_with_its_own_token_and_one_that_was_renewed_with_the_new_one()
    {
        var first = await OpenAsync(TimeSpan.FromSeconds(10));
        await OpenAsync(TimeSpan.FromSeconds(20));
        var third = await OpenAsync(TimeSpan.FromSeconds(30));
        first.Session.Renew(_time.GetUtcNow() + TimeSpan.FromSeconds(40));
        third.Session.Renew(_time.GetUtcNow() + TimeSpan.FromSeconds(5)); // A token may also be shorter.

        await PassAsync(first, TimeSpan.FromSeconds(5.25));
        Assert.Single(Endings);
        await PassAsync(first, TimeSpan.FromSeconds(14));
        Assert.Single(Endings);
        await PassAsync(first, TimeSpan.FromSeconds(1));
        Assert.Equal(2, Endings.Length);
        await PassAsync(first, TimeSpan.FromSeconds(20));
        Assert.Equal(3, Endings.Length);
    }

    private CloseReason[] Endings => [.. _sessions.SelectMany(session => session.Endings)];

    public void Dispose() => _worker.Dispose();

    private async Task<TestSession> OpenAsync(TimeSpan lifetime)
    {
        var session = new TestSession(new ScriptedSocket(), ["A"], _time) { Worker = _worker, Lifetime = lifetime };
        _sessions.Add(session.Start());
        await _worker.PassRoundsAsync(_time);
        return session;
    }

    /// <summary>Advances the clock and lets the worker pass its rounds, as it does where the market stands still.</summary>
    private async Task PassAsync(TestSession session, TimeSpan time)
    {
        _time.Advance(time);
        await _worker.PassRoundsAsync(_time);
        Assert.Equal(session.Slot!.Index >= 0, _worker.Count > 0);
    }
}
