using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>What a worker sends in batches without asking its sessions, and what becomes of frames that a socket refuses. The tests run the rounds.</summary>
public sealed class SlotSenderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Ticks.Noon);
    private readonly Views _views = new();
    private readonly FakeMarketFeed _feed = new(("A", 1));
    private readonly ScriptedTransport _transport = new(batchSize: 2);
    private readonly Socket _socket = new(SocketType.Dgram, ProtocolType.Udp);
    private readonly FanoutWorker _worker;

    public SlotSenderTests() => _worker = new FanoutWorker(0, _feed, _transport, _time, TimeSpan.FromSeconds(30), NullLogger.Instance);

    [Fact]
    public void Every_session_gets_each_frame_once_however_many_batches_it_takes()
    {
        for (var count = 0; count < 5; count++)
        {
            Open();
        }

        _worker.Round(); // The sessions themselves send the first frame, and are asked until then.
        _feed.Move(("A", 2));
        _worker.Round();
        _worker.Round();
        _feed.Move(("A", 3));
        _worker.Round();

        Assert.Equal([2, 2, 1, 2, 2, 1], _transport.Batches);
        Assert.All(_transport.Taken.Take(5), frame => Assert.Contains("\"seq\":2,\"prev_seq\":1,", Encoding.UTF8.GetString(frame), StringComparison.Ordinal));
        Assert.All(_transport.Taken.Skip(5), frame => Assert.Contains("\"seq\":3,\"prev_seq\":2,", Encoding.UTF8.GetString(frame), StringComparison.Ordinal));
        Assert.Equal(15, _worker.Sent.Frames);
    }

    [Fact]
    public void What_a_socket_does_not_take_of_a_frame_goes_first_when_it_takes_bytes_again()
    {
        var socket = Open();
        _worker.Round();
        socket.Taken.Clear();
        socket.Room = 0;
        _transport.Room = 10;
        _feed.Move(("A", 2));
        _worker.Round();
        _feed.Move(("A", 3));
        _worker.Round();
        Assert.Single(_transport.Taken); // The session is asked while something is left.

        socket.Room = int.MaxValue;
        _time.Advance(TimeSpan.FromMilliseconds(10)); // Nothing tells that a socket takes bytes again.
        _worker.Round();

        var text = Encoding.UTF8.GetString([.. _transport.Taken[0], .. socket.Taken]);
        Assert.Contains("\"seq\":2,\"prev_seq\":1,", text, StringComparison.Ordinal);
        Assert.Contains("\"seq\":3,\"prev_seq\":2,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_was_not_taken_at_all_counts_as_not_sent()
    {
        var socket = Open();
        _worker.Round();
        socket.Taken.Clear();
        _transport.Room = -1;
        socket.Room = 0;
        _feed.Move(("A", 2));
        _worker.Round();
        _feed.Move(("A", 3));
        socket.Room = int.MaxValue;
        _worker.Round();

        // When it was asked, the session wrote the frame of the second tick to its own socket.
        var text = Encoding.UTF8.GetString([.. socket.Taken]);
        Assert.Contains("\"seq\":2,\"prev_seq\":1,", text, StringComparison.Ordinal);
        Assert.Contains("\"seq\":3,\"prev_seq\":2,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_whose_frames_cannot_be_made_ends_and_the_others_get_theirs()
    {
        var encoding = new BreakableProtocol();
        var broken = new TestSession(new HandleSocket(_socket), _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views, Protocol = encoding }.Start();
        Open();
        _worker.Round();
        encoding.IsBroken = true;
        _feed.Move(("A", 2));
        _worker.Round();

        Assert.Equal([CloseReason.ConnectionLost], broken.Endings);
        Assert.Single(_transport.Taken);
    }

    [Fact]
    public void A_session_with_an_interval_is_left_alone_until_it_is_due()
    {
        var socket = new HandleSocket(_socket);
        var session = new TestSession(socket, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views }.Start();
        session.Channel.Apply(new ViewChange(new(_feed.Newest.Symbols, TimeSpan.FromSeconds(1), 2), _feed.Newest.Symbols, IsReview: true));
        _worker.Round();
        _feed.Move(("A", 2));
        _worker.Round(); // Sent.
        _feed.Move(("A", 3));
        _worker.Round(); // Found to be too early.
        var asked = socket.Asked;
        for (var seq = 4; seq <= 99; seq++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            _feed.Move(("A", seq));
            _worker.Round();
        }

        Assert.Equal(asked, socket.Asked);
        _time.Advance(TimeSpan.FromMilliseconds(150)); // The market stands still.
        _worker.Round();
        Assert.Contains("\"seq\":99,\"prev_seq\":2,", Encoding.UTF8.GetString([.. socket.Taken]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hold_while_the_worker_takes_note_of_a_session_does_not_end_it()
    {
        var socket = new HandleSocket(_socket);
        var session = new TestSession(socket, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views }.Start();
        socket.OnHandle = session.Channel.Hold; // As the reader's thread does at any time.
        _worker.Round();
        socket.OnHandle = null;
        _feed.Move(("A", 2));
        _worker.Round();

        Assert.Empty(session.Endings);
    }

    [Fact]
    public void A_prepared_frame_does_not_wait_for_many_sessions_that_are_asked()
    {
        var first = Open();
        var asked = new HandleSocket(null);
        for (var count = 0; count < 10; count++)
        {
            new TestSession(asked, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views }.Start();
        }

        _worker.Round();
        asked.Taken.Clear();
        var length = first.Taken.Count;
        _transport.OnSend = () => Assert.InRange(asked.Taken.Count, 0, length * 2); // Two slots make a batch.
        _feed.Move(("A", 2));
        _worker.Round();

        Assert.Equal([1], _transport.Batches);
        Assert.NotEmpty(asked.Taken);
    }

    [Fact]
    public void What_a_failing_transport_did_send_counts_as_sent_and_the_rest_goes_by_the_sessions()
    {
        var sockets = new[] { Open(), Open() };
        _worker.Round();
        Array.ForEach(sockets, socket => socket.Taken.Clear());
        _transport.FailsAfter = 1;
        _feed.Move(("A", 2));
        Assert.Throws<InvalidOperationException>(_worker.Round);

        Assert.Single(_transport.Taken);
        Assert.Empty(sockets[0].Taken);
        Assert.Contains("\"seq\":2,\"prev_seq\":1,", Encoding.UTF8.GetString([.. sockets[1].Taken]), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _worker.Dispose();
        _socket.Dispose();
    }

    private HandleSocket Open()
    {
        var socket = new HandleSocket(_socket);
        new TestSession(socket, _feed.Newest.Symbols, _time) { Worker = _worker, Views = _views }.Start();
        return socket;
    }
}
