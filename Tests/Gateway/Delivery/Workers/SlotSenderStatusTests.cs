using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>How a worker finds the sessions whose clients want to know which exchanges come and go. The tests run the rounds.</summary>
public sealed class SlotSenderStatusTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Ticks.Noon);
    private readonly Views _views = new();
    private readonly FakeMarketFeed _feed = new(("A", 1));
    private readonly ScriptedTransport _transport = new(batchSize: 2);
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly FanoutWorker _worker;

    public SlotSenderStatusTests() => _worker = new FanoutWorker(0, _feed, _transport, _time, TimeSpan.FromSeconds(30), NullLogger.Instance);

    [Fact]
    public void Of_exchanges_that_come_and_go_only_those_who_want_to_know_are_told_even_between_two_messages()
    {
        var other = new HandleSocket(_socket);
        new TestSession(other, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views }.Start();
        var socket = new HandleSocket(_socket);
        var session = new TestSession(socket, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views, WantsStatus = true }.Start();
        session.Channel.Apply(new ViewChange(
            new(_feed.Newest.Symbols, TimeSpan.FromSeconds(60), 2, WantsStatus: true), _feed.Newest.Symbols, IsReview: true));
        _worker.Round();
        _feed.Move(("A", 2));
        _worker.Round(); // Sent.
        _feed.Move(("A", 3));
        _worker.Round(); // Found to be too early: the session is left alone for a minute.
        socket.Taken.Clear();
        var asked = other.Asked;

        _feed.Newest = _feed.Newest.With([new FeedStatus("kraken", false)]);
        _worker.Round();

        Assert.EndsWith("""{"type":"status","feeds":[{"exchange":"kraken","state":"away"}]}""", Encoding.UTF8.GetString([.. socket.Taken]), StringComparison.Ordinal);
        Assert.Equal(asked, other.Asked);
    }

    [Fact]
    public void Who_is_told_of_an_exchange_is_sent_prices_as_fast_as_before()
    {
        var socket = new HandleSocket(_socket);
        new TestSession(socket, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views, WantsStatus = true }.Start();
        _worker.Round();
        _feed.Newest = _feed.Newest.With([new FeedStatus("kraken", true)]);
        _worker.Round();
        Assert.Contains("kraken", Encoding.UTF8.GetString([.. socket.Taken]), StringComparison.Ordinal);
        socket.Taken.Clear();

        _feed.Move(("A", 2));
        _worker.Round();

        Assert.Single(_transport.Taken);
        Assert.Empty(socket.Taken);
    }

    public void Dispose()
    {
        _worker.Dispose();
        _socket.Dispose();
    }
}
