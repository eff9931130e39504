using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Fanout;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What ends a session by the clock.</summary>
public sealed class SessionClockTests
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSocket _socket = new();
    private readonly FakeFeed _feed = new() { Newest = Ticks.State(7, 1, ("A", 1, 1)) };
    private readonly List<CloseReason> _endings = [];

    [Fact]
    public void A_session_ends_with_its_token()
    {
        var session = Open(_time.GetUtcNow() + TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);
        Assert.Empty(_endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);
        session.Check(StallTimeout, _time);

        Assert.Equal([CloseReason.TokenExpired], _endings);
    }

    [Fact]
    public void A_socket_that_takes_nothing_for_too_long_ends_its_session()
    {
        var session = Open(DateTimeOffset.MaxValue);
        _socket.Room = 5;
        Assert.True(session.Pump(_feed, _time));

        _time.Advance(StallTimeout - TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);
        Assert.Empty(_endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);

        Assert.Equal([CloseReason.Stalled], _endings);
    }

    [Fact]
    public void A_socket_that_recovers_in_time_starts_over()
    {
        var session = Open(DateTimeOffset.MaxValue);
        _socket.Room = 5;
        session.Pump(_feed, _time);
        _time.Advance(StallTimeout / 2);
        _socket.Room = int.MaxValue;
        Assert.False(session.Pump(_feed, _time));

        _time.Advance(StallTimeout);
        session.Check(StallTimeout, _time);

        Assert.Empty(_endings);
    }

    [Fact]
    public void A_slow_socket_gets_the_newest_state_and_nothing_in_between()
    {
        var session = Open(DateTimeOffset.MaxValue);
        session.Pump(_feed, _time);
        _socket.Room = 5;
        Move(("A", 2));
        session.Pump(_feed, _time);
        Move(("A", 3));
        session.Pump(_feed, _time);
        Move(("B", 4));
        session.Pump(_feed, _time);
        _socket.Taken.Clear();
        _socket.Room = int.MaxValue;

        session.Pump(_feed, _time);

        var text = System.Text.Encoding.UTF8.GetString(_socket.Taken.ToArray());
        Assert.Contains("\"seq\":4,\"prev_seq\":2", text, StringComparison.Ordinal);
        Assert.Contains("\"A\",\"price\":3", text, StringComparison.Ordinal);
        Assert.Contains("\"B\",\"price\":4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_its_end_a_session_gets_no_more_prices()
    {
        var session = Open(DateTimeOffset.MaxValue);
        session.Pump(_feed, _time);
        session.End(CloseReason.GatewayStopping);
        var taken = _socket.Taken.Count;
        Move(("A", 2));

        session.Pump(_feed, _time);

        Assert.Equal(taken, _socket.Taken.Count);
    }

    [Fact]
    public void A_socket_that_is_gone_is_given_up_once()
    {
        var broken = 0;
        var session = Open(DateTimeOffset.MaxValue);
        session.Broken = () => broken++;
        _socket.IsGone = true;

        session.Pump(_feed, _time);
        session.Pump(_feed, _time);

        Assert.Equal(1, broken);
    }

    private void Move(params (string Symbol, decimal Price)[] quotes) =>
        _feed.Newest = _feed.Newest.Apply(Ticks.Tick(7, _feed.Newest.At.Seq + 1, quotes));

    private Session Open(DateTimeOffset expiresAt) =>
        new(new View(), new Outbox(_socket), default, expiresAt) { Ending = _endings.Add };

    private sealed class FakeFeed : IMarketFeed
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public required MarketState Newest { get; set; }
    }
}
