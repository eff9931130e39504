using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Gateway.Shutdown;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Tests.Gateway.Delivery;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Shutdown;

/// <summary>In which order and how fast clients are sent away. Only the tests move the clock.</summary>
public sealed class GatewayDrainTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SessionRegistry _sessions = new();
    private readonly List<(RegisteredSession Session, ScriptedSocket Socket)> _all = [];
    private readonly GatewayState _gateway = new(new StubLifetime());
    private readonly WebSocketLimits _sockets = new(Options.Create(new LimitOptions()), new RefusalMetrics(new Meters()));
    private int _closed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_are_spread_over_lots_and_closed_in_lots_a_second_after_their_time()
    {
        Open(120);
        var drain = DrainOf(new ShutdownOptions());

        var stopping = drain.StoppingAsync(Stop);

        Assert.True(_gateway.IsStopping);
        var times = _all.Select(one => ToldBy(one)).Order().ToList();
        Assert.Equal([50, 50, 20], Enumerable.Range(0, 3).Select(batch => times.Count(time => time >= batch * 100 && time < (batch + 1) * 100)));
        Assert.Equal(0, _closed);

        await PassAsync(() => _closed > 0);
        Assert.Equal(50, _closed);
        Assert.All(_all.Where(one => one.Session.Session.Reason is not null), one => Assert.InRange(ToldBy(one), 0, 99));
        Assert.True(_time.GetUtcNow() - _time.Start >= TimeSpan.FromSeconds(1));
        await PassAsync(() => _closed > 50);
        Assert.Equal(100, _closed);
        await PassAsync(() => _closed > 100);
        Assert.Equal(120, _closed);
        Assert.All(_all, one => Assert.Equal(1012, one.Session.Session.Reason!.Code));
        Assert.False(stopping.IsCompleted);
        _all.ForEach(one => _sessions.Remove(one.Session));
        await PassAsync(() => stopping.IsCompleted);
    }

    [Fact]
    public async Task Many_clients_are_spread_over_no_more_than_the_time_for_it()
    {
        Open(1000);
        var drain = DrainOf(new ShutdownOptions { Drain = TimeSpan.FromSeconds(1) });

        var stopping = drain.StoppingAsync(Stop);

        var times = _all.Select(ToldBy).ToList();
        Assert.Equal(Enumerable.Repeat(100, 10), Enumerable.Range(0, 10).Select(batch => times.Count(time => time >= batch * 100 && time < (batch + 1) * 100)));
        _all.ForEach(one => _sessions.Remove(one.Session));
        await PassAsync(() => stopping.IsCompleted);
    }

    [Fact]
    public async Task Clients_hear_nothing_before_load_balancers_had_their_time()
    {
        Open(1);
        var drain = DrainOf(new ShutdownOptions { ReadinessDelay = TimeSpan.FromSeconds(5) });

        var stopping = drain.StoppingAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));

        Assert.True(_gateway.IsStopping);
        Assert.Empty(Told(_all[0]));
        await PassAsync(() => Told(_all[0]).Length > 0);
        _sessions.Remove(_all[0].Session);
        await PassAsync(() => stopping.IsCompleted);
    }

    [Fact]
    public async Task The_shortest_timeout_that_is_allowed_still_asks_and_closes_before_it_cuts_off()
    {
        Open(1);
        var options = new ShutdownOptions { Drain = TimeSpan.Zero, Timeout = TimeSpan.FromSeconds(7) };
        Assert.True(options.IsInTime);

        var stopping = DrainOf(options).StoppingAsync(Stop);

        Assert.Contains("reconnect", Told(_all[0]), StringComparison.Ordinal);
        await PassAsync(() => _closed > 0);
        Assert.False(stopping.IsCompleted);
        Assert.True(_time.GetUtcNow() - _time.Start <= options.Timeout - ShutdownOptions.Reserve - TimeSpan.FromMilliseconds(500));
        _sessions.Remove(_all[0].Session);
        await PassAsync(() => stopping.IsCompleted);
    }

    [Fact]
    public async Task A_gateway_without_sessions_stops_at_once() => await DrainOf(new ShutdownOptions()).StoppingAsync(Stop).WithinTimeoutAsync();

    [Fact]
    public async Task A_socket_whose_session_is_over_is_waited_for_while_it_says_goodbye()
    {
        var context = new DefaultHttpContext();
        await _sockets.AdmitAsync(context, _ => Task.CompletedTask);
        context.Features.GetRequiredFeature<WebSocketPermit>().OutliveRequest();
        var stopping = DrainOf(new ShutdownOptions()).StoppingAsync(Stop);
        for (var step = 0; step < 100; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.False(stopping.IsCompleted);
        context.Features.GetRequiredFeature<WebSocketPermit>().Release();
        await PassAsync(() => stopping.IsCompleted);
    }

    private GatewayDrain DrainOf(ShutdownOptions options) =>
        new(_gateway, _sessions, _sockets, Options.Create(options), _time, NullLogger<GatewayDrain>.Instance);

    private void Open(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var socket = new ScriptedSocket();
            var session = new TestSession(socket, [], _time) { Id = $"c{number}", OnEnded = () => Interlocked.Increment(ref _closed) };
            _all.Add((session.Register(_sessions), socket));
        }
    }

    /// <summary>What the client has been sent.</summary>
    private string Told((RegisteredSession Session, ScriptedSocket Socket) one)
    {
        var cursor = default(Cursor);
        one.Session.Session.Flush(new FakeMarketFeed(), _time, new SentCounts(), ref cursor);
        return Encoding.UTF8.GetString([.. one.Socket.Taken.Skip(2)]);
    }

    /// <summary>When the client was asked to go, in milliseconds.</summary>
    private long ToldBy((RegisteredSession Session, ScriptedSocket Socket) one)
    {
        using var message = JsonDocument.Parse(Told(one));
        Assert.Equal("reconnect", message.RootElement.GetProperty("type").GetString());
        return message.RootElement.GetProperty("after_ms").GetInt64();
    }

    /// <summary>Advances the clock in steps shorter than any pause until the fact is true.</summary>
    private async Task PassAsync(Func<bool> fact)
    {
        for (var step = 0; !fact(); step++)
        {
            Assert.True(step < 5000, "It does not come to that.");
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Stop);
        }
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
            // The tests read no figures.
        }
    }

    private sealed class StubLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
