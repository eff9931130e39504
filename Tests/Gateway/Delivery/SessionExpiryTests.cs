using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>When a worker ends sessions whose tokens expire: within a second, however its other checks fall. Only the tests move the clock.</summary>
public sealed class SessionExpiryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Ticks.Noon);
    private readonly Views _views = new();
    private readonly FanoutWorker _worker;
    private readonly List<CloseReason> _endings = [];

    public SessionExpiryTests()
    {
        _worker = new FanoutWorker(0, new StillFeed(), _views, _time, TimeSpan.FromSeconds(30), NullLogger.Instance);
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
        Assert.Empty(_endings);

        await PassAsync(session, TimeSpan.FromMilliseconds(1) + TimeSpan.FromMilliseconds(250));

        Assert.Equal([CloseReason.TokenExpired], _endings);
    }

    [Fact]
    public async Task Each_session_ends_with_its_own_token_and_one_that_was_renewed_with_the_new_one()
    {
        var first = await OpenAsync(TimeSpan.FromSeconds(10));
        await OpenAsync(TimeSpan.FromSeconds(20));
        var third = await OpenAsync(TimeSpan.FromSeconds(30));
        first.Renew(_time.GetUtcNow() + TimeSpan.FromSeconds(40));
        third.Renew(_time.GetUtcNow() + TimeSpan.FromSeconds(5)); // A token may also be shorter.

        await PassAsync(first, TimeSpan.FromSeconds(5.25));
        Assert.Single(_endings);
        await PassAsync(first, TimeSpan.FromSeconds(14));
        Assert.Single(_endings);
        await PassAsync(first, TimeSpan.FromSeconds(1));
        Assert.Equal(2, _endings.Count);
        await PassAsync(first, TimeSpan.FromSeconds(20));
        Assert.Equal(3, _endings.Count);
    }

    public void Dispose() => _worker.Dispose();

    private async Task<Session> OpenAsync(TimeSpan lifetime)
    {
        var session = new Session($"c{lifetime}", _views.Acquire(["A"], isCompressed: false), ["A"], new Outbox(new ScriptedSocket()), _time.GetUtcNow() + lifetime)
        {
            Ending = reason =>
            {
                lock (_endings)
                {
                    _endings.Add(reason);
                }
            },
            Worker = _worker,
        };
        _worker.Add(session, default);
        await RoundAsync();
        return session;
    }

    /// <summary>Lets the clock go on and the worker come round by itself, as it does where the market stands still.</summary>
    private async Task PassAsync(Session session, TimeSpan time)
    {
        _time.Advance(time);
        await RoundAsync();
        Assert.Equal(session.Place >= 0, _worker.Count > 0);
    }

    /// <summary>Two rounds of the worker: the second begins after the first has looked at everything.</summary>
    private async Task RoundAsync()
    {
        for (var count = 0; count < 2; count++)
        {
            var passing = new Session("passing", _views.Acquire([], isCompressed: false), [], new Outbox(new ScriptedSocket()), DateTimeOffset.MaxValue) { Worker = _worker };
            _worker.Add(passing, default);
            await _worker.RemoveAsync(passing).WithinTimeoutAsync();
        }
    }

    private sealed class StillFeed : IMarketFeed
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public MarketState Newest { get; } = Ticks.State(7, 1, ("A", 1, 1));
    }
}
