using System.Buffers.Binary;
using System.Text;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Wire;

namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>A client of an exchange. Members are guarded by the lock of its <see cref="Venue"/>, except where they say otherwise.</summary>
internal sealed class ClientConnection(Venue venue, ServerSocket socket, string path, IReadOnlyDictionary<string, string> query)
{
    private const int MaxRemembered = 10_000;

    private readonly List<ReceivedText> _received = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly Allowance? _messages = venue.Dialect.MessagePace is { } pace ? new Allowance(pace) : null;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _held;

    /// <summary>The number of the connection at its exchange, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was opened, on the venue's clock.</summary>
    public required TimeSpan OpenedAt { get; init; }

    /// <summary>The path that it asked for, after the exchange's name.</summary>
    public string Path => path;

    /// <summary>The query that it asked with.</summary>
    public IReadOnlyDictionary<string, string> Query => query;

    /// <summary>Whether messages are compressed.</summary>
    public bool Compresses => socket.Compresses;

    /// <summary>When the client last sent a message, on the venue's clock.</summary>
    public TimeSpan HeardAt { get; private set; } = venue.Elapsed;

    /// <summary>When the client last sent a pong, on the venue's clock.</summary>
    public TimeSpan PongAt { get; private set; } = venue.Elapsed;

    /// <summary>When the client was last pinged, on the venue's clock.</summary>
    public TimeSpan PingedAt { get; private set; } = venue.Elapsed;

    /// <summary>Whether something about a product was sent since this was reset.</summary>
    public bool HasBeenTold { get; set; }

    /// <summary>Whether the close frame was sent.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Ends when the connection has ended. Thread-safe.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How many messages were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>What it is subscribed to, in order.</summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    /// <summary>The messages that it has sent so far, at most the first ten thousand. Thread-safe.</summary>
    public IReadOnlyList<ReceivedText> Received => venue.Read(() => _received.ToArray());

    /// <summary>Sends a text message.</summary>
    public void Send(ReadOnlySpan<byte> message)
    {
        if (!IsClosing && !venue.Misbehaviour.IsSilent)
        {
            socket.Queue(Opcode.Text, message);
            Sent++;
            venue.Sent++;
        }
    }

    /// <summary>Sends a message about a product, as well as the exchange can.</summary>
    public void Tell(ReadOnlySpan<byte> message)
    {
        HasBeenTold = true;
        if (venue.Misbehaviour.SendsOutOfOrder && _held is null)
        {
            _held = message.ToArray();
            return;
        }

        Send(message);
        if (venue.Misbehaviour.SendsDuplicates)
        {
            Send(message);
        }

        if (_held is { } held)
        {
            _held = null;
            Send(held);
        }
    }

    /// <summary>Sends a ping.</summary>
    public void Ping(ReadOnlySpan<byte> payload)
    {
        PingedAt = venue.Elapsed;
        if (!IsClosing && !venue.Misbehaviour.IsSilent)
        {
            socket.Queue(Opcode.Ping, payload);
        }
    }

    /// <summary>Sends a close frame. The connection ends when the client answers it.</summary>
    public void Close(int code, string reason)
    {
        if (!IsClosing && !venue.Misbehaviour.IsSilent)
        {
            Span<byte> payload = stackalloc byte[125];
            BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
            socket.Queue(Opcode.Close, payload[..(2 + Encoding.UTF8.GetBytes(reason, payload[2..]))]);
            socket.Flush();
            IsClosing = true;
        }
    }

    /// <summary>Ends the connection without a word. Thread-safe.</summary>
    public void Drop() => socket.Abort();

    /// <summary>Sends a message whatever the exchange is told to do. Thread-safe.</summary>
    public void SendRaw(string text) => SendRaw(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a frame whatever the exchange is told to do. Thread-safe.</summary>
    public void SendRaw(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        socket.Queue(opcode, payload);
        socket.Flush();
    }

    /// <summary>Sends bytes that need not be a frame. Thread-safe.</summary>
    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        socket.QueueBytes(bytes);
        socket.Flush();
    }

    /// <summary>Lets what was sent go out. Thread-safe.</summary>
    public void Flush() => socket.Flush();

    /// <returns>Whether the client had not subscribed already.</returns>
    public bool Subscribe(int channel, Product product)
    {
        if (!product.Add(channel, this))
        {
            return false;
        }

        _subscriptions.Add(new Subscription(venue.Elapsed, channel, product));
        venue.Milestones.Count(Milestone.Subscribed);
        return true;
    }

    /// <returns>Whether the client had subscribed.</returns>
    public bool Unsubscribe(int channel, Product product)
    {
        _subscriptions.RemoveAll(subscription => subscription.Channel == channel && subscription.Product == product);
        return product.Remove(channel, this);
    }

    /// <summary>Notes that the connection has ended, and ends all subscriptions.</summary>
    public void SetEnded()
    {
        _ended.TrySetResult();
        foreach (var subscription in _subscriptions)
        {
            subscription.Product.Remove(subscription.Channel, this);
        }
    }

    /// <summary>Handles a frame of the client.</summary>
    public void Receive(ClientFrame frame)
    {
        if (_messages is not null
            && frame.Opcode != Opcode.Close
            && venue.Dialect.IsCounted(frame.Opcode, frame.Payload)
            && !_messages.TryTake(venue.Elapsed)
            && !venue.Misbehaviour.IgnoresLimits)
        {
            venue.Dialect.Refuse(venue, this);
            return;
        }

        switch (frame.Opcode)
        {
            case Opcode.Text:
                HeardAt = venue.Elapsed;
                if (_received.Count < MaxRemembered)
                {
                    _received.Add(new ReceivedText(venue.Elapsed, Encoding.UTF8.GetString(frame.Payload)));
                }

                venue.Dialect.Receive(venue, this, frame.Payload);
                venue.Milestones.Count(Milestone.Received);
                break;
            case Opcode.Ping when !venue.Misbehaviour.IsSilent:
                socket.Queue(Opcode.Pong, frame.Payload);
                break;
            case Opcode.Pong:
                PongAt = venue.Elapsed;
                break;
            case Opcode.Close:
                EndAfterClose(frame.Payload);
                break;
        }
    }

    private void EndAfterClose(byte[] payload)
    {
        if (venue.Misbehaviour.IsSilent)
        {
            return;
        }

        if (!IsClosing)
        {
            IsClosing = true;
            socket.Queue(Opcode.Close, payload);
        }

        socket.End();
    }
}
