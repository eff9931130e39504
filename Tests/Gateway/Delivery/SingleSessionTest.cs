using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>One session that the test flushes and checks, as a worker would, with a clock, a socket and a market of its own.</summary>
public abstract class SingleSessionTest
{
    private protected static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(30);

    private protected readonly FakeTimeProvider _time = new();
    private protected readonly ScriptedSocket _socket = new();
    private protected readonly FakeMarketFeed _feed = new(("A", 1), ("B", 1));
    private protected readonly SentCounts _sent = new();
    private protected readonly Views _views = new();
    private protected TestSession? _test;
    private Cursor _cursor;

    private protected IEnumerable<CloseReason> Endings => _test!.Endings;

    private protected TickerChannel Channel => _test!.Channel;

    private protected void ApplyView(
        ImmutableArray<string> symbols, long version, TimeSpan interval = default, bool isReview = true, ImmutableArray<string>? market = null) =>
        ApplyView(new SessionView(symbols, interval, version), isReview, market);

    private protected void ApplyView(SessionView view, bool isReview = true, ImmutableArray<string>? market = null) =>
        Channel.Apply(new ViewChange(view, market ?? _feed.Newest.Symbols, isReview));

    private protected string Text() => Encoding.UTF8.GetString(_socket.Taken.ToArray());

    private protected void Move(params (string Symbol, decimal Price)[] quotes) => _feed.Move(quotes);

    private protected TimeSpan Flush() => _test!.Session.Flush(_feed, _time, _sent, ref _cursor);

    private protected Session Open(TimeSpan? lifetime = null, KeepAlive? keepAlive = null, Action<ImmutableArray<string>>? onReview = null, bool wantsStatus = false)
    {
        _test = new TestSession(_socket, _feed.Newest.Symbols, _time)
        {
            Views = _views, Lifetime = lifetime, KeepAlive = keepAlive, OnReview = onReview, WantsStatus = wantsStatus,
        };
        return _test.Session;
    }
}
