using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Gateway.Delivery;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What ends a session by the clock.</summary>
public sealed class SessionClockTests
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSocket _socket = new();
    private readonly FakeFeed _feed = new() { Newest = Ticks.State(7, 1, ("A", 1, 1), ("B", 1, 1)) };
    private readonly SentCounts _sent = new();
    private readonly Views _views = new();
    private Cursor _cursor;
    private TestSession? _test;

    private IEnumerable<CloseReason> Endings => _test!.Endings;

    private TickerChannel Channel => _test!.Channel;

    [Fact]
    public void A_session_ends_with_its_token()
    {
        var session = Open(_time.GetUtcNow() + TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromTicks(1), session.CheckExpiry(_time.GetUtcNow()));
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());
        session.CheckExpiry(_time.GetUtcNow());

        Assert.Equal([CloseReason.TokenExpired], Endings);
    }

    [Fact]
    public void A_session_that_was_renewed_ends_with_the_token_that_it_then_has()
    {
        var session = Open(_time.GetUtcNow() + TimeSpan.FromHours(1));
        session.Renew(_time.GetUtcNow() + TimeSpan.FromHours(2));

        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.CheckExpiry(_time.GetUtcNow());

        Assert.Equal([CloseReason.TokenExpired], Endings);
    }

    [Fact]
    public void A_socket_that_takes_nothing_for_too_long_ends_its_session()
    {
        var session = Open(DateTimeOffset.MaxValue);
        _socket.Room = 5;
        Assert.Equal(TimeSpan.FromMilliseconds(10), session.Flush(_feed, _time, _sent, ref _cursor));

        _time.Advance(StallTimeout - TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);
        Assert.Empty(Endings);
        _time.Advance(TimeSpan.FromTicks(1));
        session.Check(StallTimeout, _time);

        Assert.Equal([CloseReason.Stalled], Endings);
    }

    [Fact]
    public void A_socket_that_takes_a_little_now_and_then_is_not_stalled()
    {
        var session = Open(DateTimeOffset.MaxValue);
        for (var bytes = 0; bytes < 20; bytes++)
        {
            _socket.Room = 1;
            session.Flush(_feed, _time, _sent, ref _cursor);
            _time.Advance(StallTimeout / 2);
            session.Check(StallTimeout, _time);
        }

        Assert.Empty(Endings);
        _time.Advance(StallTimeout / 2);
        session.Check(StallTimeout, _time);
        Assert.Equal([CloseReason.Stalled], Endings);
    }

    [Fact]
    public void A_client_that_says_nothing_is_pinged_and_closed_when_it_does_not_answer_but_not_while_it_reads_slowly()
    {
        var options = new TickerSessionOptions();
        var keepAlive = new KeepAlive(options, _time);
        keepAlive.Listen();
        var session = Open(DateTimeOffset.MaxValue, keepAlive);
        session.Flush(_feed, _time, _sent, ref _cursor);
        for (var second = 1; second <= 120; second++)
        {
            _socket.Room = 10;
            Move(("A", second));
            session.Flush(_feed, _time, _sent, ref _cursor);
            _time.Advance(TimeSpan.FromSeconds(1));
            session.Check(options.StallTimeout, _time);
        }

        Assert.Empty(Endings);
        _socket.Room = int.MaxValue;
        for (var second = 1; second <= 31; second++)
        {
            session.Flush(_feed, _time, _sent, ref _cursor);
            _time.Advance(TimeSpan.FromSeconds(1));
            session.Check(options.StallTimeout, _time);
        }

        Assert.Equal([CloseReason.Silent], Endings);
        Assert.Contains("\u0089\0", Encoding.Latin1.GetString([.. _socket.Taken]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_client_whose_socket_is_full_for_moments_is_closed_all_the_same()
    {
        var options = new TickerSessionOptions();
        var keepAlive = new KeepAlive(options, _time);
        keepAlive.Listen();
        var session = Open(DateTimeOffset.MaxValue, keepAlive);
        for (var second = 1; second <= 30; second++)
        {
            Assert.Empty(Endings);
            Move(("A", second));
            _socket.Room = int.MaxValue;
            session.Flush(_feed, _time, _sent, ref _cursor);
            Move(("A", second + 0.5m));
            _socket.Room = 5;
            session.Flush(_feed, _time, _sent, ref _cursor);
            _time.Advance(TimeSpan.FromSeconds(1));
            session.Check(options.StallTimeout, _time);
        }

        Assert.Equal([CloseReason.Silent], Endings);
    }

    [Fact]
    public void A_socket_that_recovers_in_time_starts_over()
    {
        var session = Open(DateTimeOffset.MaxValue);
        _socket.Room = 5;
        session.Flush(_feed, _time, _sent, ref _cursor);
        _time.Advance(StallTimeout / 2);
        _socket.Room = int.MaxValue;
        Assert.Equal(TimeSpan.MaxValue, session.Flush(_feed, _time, _sent, ref _cursor));

        _time.Advance(StallTimeout);
        session.Check(StallTimeout, _time);

        Assert.Empty(Endings);
    }

    [Fact]
    public void A_slow_socket_gets_the_newest_state_and_nothing_in_between()
    {
        var session = Open(DateTimeOffset.MaxValue);
        session.Flush(_feed, _time, _sent, ref _cursor);
        _socket.Room = 5;
        Move(("A", 2));
        session.Flush(_feed, _time, _sent, ref _cursor);
        Move(("A", 3));
        session.Flush(_feed, _time, _sent, ref _cursor);
        Move(("B", 4));
        session.Flush(_feed, _time, _sent, ref _cursor);
        _socket.Taken.Clear();
        _socket.Room = int.MaxValue;

        session.Flush(_feed, _time, _sent, ref _cursor);

        var text = Text();
        Assert.Contains("\"seq\":4,\"prev_seq\":2", text, StringComparison.Ordinal);
        Assert.Contains("\"A\",\"price\":3", text, StringComparison.Ordinal);
        Assert.Contains("\"B\",\"price\":4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_its_end_a_session_gets_no_more_prices()
    {
        var session = Open(DateTimeOffset.MaxValue);
        session.Flush(_feed, _time, _sent, ref _cursor);
        session.End(CloseReason.GatewayStopping);
        var taken = _socket.Taken.Count;
        Move(("A", 2));

        session.Flush(_feed, _time, _sent, ref _cursor);

        Assert.Equal(taken, _socket.Taken.Count);
    }

    [Fact]
    public void A_socket_that_is_gone_is_given_up_once()
    {
        var session = Open(DateTimeOffset.MaxValue);
        _socket.IsGone = true;

        session.Flush(_feed, _time, _sent, ref _cursor);
        session.Flush(_feed, _time, _sent, ref _cursor);

        Assert.Equal(1, _test!.Broken);
    }

    [Fact]
    public void At_most_one_message_goes_out_in_an_interval_and_it_holds_the_newest()
    {
        var session = Open(DateTimeOffset.MaxValue);
        ApplyView(["A"], 1, TimeSpan.FromMilliseconds(250), isReview: true);
        session.Flush(_feed, _time, _sent, ref _cursor);
        Move(("A", 2));
        Assert.Equal(TimeSpan.FromMilliseconds(250), session.Flush(_feed, _time, _sent, ref _cursor));
        _time.Advance(TimeSpan.FromMilliseconds(240));
        Move(("A", 3));
        Assert.Equal(TimeSpan.FromMilliseconds(10), session.Flush(_feed, _time, _sent, ref _cursor));
        Assert.Equal(1, _sent.Frames);
        _socket.Taken.Clear();

        _time.Advance(TimeSpan.FromMilliseconds(10));
        session.Flush(_feed, _time, _sent, ref _cursor);

        Assert.Contains("\"seq\":3,\"prev_seq\":1", Text(), StringComparison.Ordinal);
        Assert.Equal(0, _sent.Conflated);
    }

    [Fact]
    public void Prices_are_held_back_until_the_view_that_was_announced()
    {
        var session = Open(DateTimeOffset.MaxValue);
        Channel.Hold();
        session.Flush(_feed, _time, _sent, ref _cursor);
        ApplyView(["B"], 1, TimeSpan.Zero, isReview: true);
        session.Flush(_feed, _time, _sent, ref _cursor);
        Assert.Empty(_socket.Taken);

        ApplyView(["A"], 2, TimeSpan.Zero, isReview: false);
        session.Flush(_feed, _time, _sent, ref _cursor);

        Assert.Contains("\"A\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_two_views_does_not_release_what_is_held_for_the_second()
    {
        var session = Open(DateTimeOffset.MaxValue);
        Channel.Hold();
        Channel.Hold();
        ApplyView(["B"], 1, isReview: false);
        session.Flush(_feed, _time, _sent, ref _cursor);
        Assert.Empty(_socket.Taken);

        ApplyView(["A"], 2, isReview: false);
        session.Flush(_feed, _time, _sent, ref _cursor);

        Assert.Contains("\"A\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_was_overtaken_is_not_taken()
    {
        Open(DateTimeOffset.MaxValue);
        ApplyView(["A"], 2);
        ApplyView(["B"], 1);

        Assert.Equal(["A"], Channel.View.Symbols);
        Assert.Equal(1, _views.Count); // What is not taken is let go.
    }

    [Fact]
    public void A_slow_consumer_is_an_episode()
    {
        var session = Open(DateTimeOffset.MaxValue);
        session.Flush(_feed, _time, _sent, ref _cursor);
        _socket.Room = 5;
        for (var round = 0; round < SlowConsumer.Rounds + 1; round++)
        {
            Move(("A", round));
            session.Flush(_feed, _time, _sent, ref _cursor);
        }

        Assert.Equal(new SlowEpisode(null, 0), Check());
        _time.Advance(TimeSpan.FromSeconds(2));
        _socket.Room = int.MaxValue;
        session.Flush(_feed, _time, _sent, ref _cursor);
        Assert.Equal(new SlowEpisode(TimeSpan.FromSeconds(2), SlowConsumer.Rounds - 1), Check());
        Assert.Null(Check());
        Assert.Equal(SlowConsumer.Rounds - 1, _sent.Conflated);

        SlowEpisode? Check() => session.Check(StallTimeout, _time);
    }

    [Fact]
    public void Symbols_that_are_new_in_the_market_are_asked_about_one_time_after_the_other()
    {
        var asked = new List<ImmutableArray<string>>();
        Open(DateTimeOffset.MaxValue, onReview: asked.Add);
        Channel.OnSymbolsChanged(_feed.Newest);
        Move(("C", 2));

        Channel.OnSymbolsChanged(_feed.Newest);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(["A", "B", "C"], Assert.Single(asked));

        Move(("D", 3));
        ApplyView(["A", "B"], 2, market: asked[0]);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(["A", "B", "C", "D"], asked[1]);

        ApplyView(["A"], 1, market: asked[0]);
        ApplyView(["A", "B", "C"], 3, market: asked[1]);
        Channel.OnSymbolsChanged(_feed.Newest);
        Assert.Equal(2, asked.Count);
    }

    private void ApplyView(
        ImmutableArray<string> symbols, long version, TimeSpan interval = default, bool isReview = true, ImmutableArray<string>? market = null) =>
        Channel.Apply(new ViewChange(new SessionView(symbols, interval, version), market ?? _feed.Newest.Symbols, isReview));

    private string Text() => Encoding.UTF8.GetString(_socket.Taken.ToArray());

    private void Move(params (string Symbol, decimal Price)[] quotes) =>
        _feed.Newest = _feed.Newest.Apply(Ticks.Tick(7, _feed.Newest.At.Seq + 1, quotes));

    private Session Open(DateTimeOffset expiresAt, KeepAlive? keepAlive = null, Action<ImmutableArray<string>>? onReview = null)
    {
        TimeSpan? lifetime = expiresAt == DateTimeOffset.MaxValue ? null : expiresAt - _time.GetUtcNow();
        _test = new TestSession(_socket, _feed.Newest.Symbols, _time, views: _views, lifetime: lifetime, keepAlive: keepAlive) { OnReview = onReview };
        return _test.Session;
    }

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
