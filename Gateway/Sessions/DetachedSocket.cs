using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// A WebSocket that has left the web server: a TCP socket, and what is known of the message that is being read. While the client says
/// nothing, it owns no buffer.
/// </summary>
internal sealed class DetachedSocket : ISessionSocket
{
    /// <summary>How much is read at once. What one message takes at most, with default settings.</summary>
    private const int ReadLength = 4096;

    private readonly SocketReceiver _receiver;
    private readonly Socket _socket;
    private readonly ClientFrameReader _frames;
    private readonly SessionLifetime _lifetime;
    private readonly IDisposable _permits;
    private readonly TimeProvider _time;
    private ClientFlood _flood;
    private byte[]? _buffer;
    private ReadOnlyMemory<byte> _unread;
    private bool _readsEnded; // The client has sent more than it may.

    /// <summary>Takes over a socket.</summary>
    /// <param name="receiver">Receives from the socket, which has the WebSocket's handshake behind it. Both are disposed with this.</param>
    /// <param name="unread">What the client has already sent.</param>
    /// <param name="outbox">Writes to the socket.</param>
    /// <param name="frames">Reads what the client sends. It is disposed with this.</param>
    /// <param name="lifetime">Is ended if the client breaks the rules.</param>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    /// <param name="permits">The permits of the connection within the limits. They are disposed with this.</param>
    /// <param name="options">What a session may do.</param>
    /// <param name="time">The clock.</param>
    public DetachedSocket(
        SocketReceiver receiver,
        ReadOnlyMemory<byte> unread,
        Outbox outbox,
        ClientFrameReader frames,
        SessionLifetime lifetime,
        bool isCompressed,
        IDisposable permits,
        TickerSessionOptions options,
        TimeProvider time)
    {
        (_receiver, _socket, _unread, _frames, _lifetime, _permits, _time) = (receiver, receiver.Socket, unread, frames, lifetime, permits, time);
        (Outbox, IsCompressed) = (outbox, isCompressed);
        KeepAlive = new KeepAlive(options, time);
        _flood = new ClientFlood(options, time);
        _readsEnded = !_flood.TryTakeBytes(unread.Length);
    }

    public bool HasLeft => true;

    public CancellationToken Aborted => CancellationToken.None;

    public bool IsCompressed { get; }

    public Outbox Outbox { get; }

    public KeepAlive KeepAlive { get; }

    public int? ClientCode { get; private set; }

    public bool HasReadToEnd { get; private set; }

    /// <exception cref="WebSocketException">The client breaks RFC 6455, or is gone.</exception>
    /// <exception cref="IOException">The client has sent more than it may.</exception>
    public async ValueTask<ReceivedMessage> ReadAsync()
    {
        while (true)
        {
            while (!_readsEnded && ReadFrame() is { Kind: not ClientFrameKind.None } frame)
            {
                if (await TakeAsync(frame) is { } message)
                {
                    return message;
                }
            }

            if (_readsEnded)
            {
                _lifetime.End(CloseReason.TooManyMessages);
                throw new IOException("The client has sent more than it may.");
            }

            ReleaseBuffer();
            KeepAlive.Listen();
            int count;
            try
            {
                count = await ReceiveAsync();
            }
            catch (Exception)
            {
                HasReadToEnd = true;
                throw;
            }

            KeepAlive.StopListening();
            if (count == 0)
            {
                HasReadToEnd = true;
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            }

            _unread = _buffer.AsMemory(0, count);
            _readsEnded = !_flood.TryTakeBytes(count);
        }
    }

    public Task EndOutputAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is gone.
        }

        return Task.CompletedTask;
    }

    public Task<bool> DrainAsync(TimeSpan patience) => HasReadToEnd ? Task.FromResult(true) : ConnectionDrain.RunAsync(ReceiveAsync, patience, _time);

    public void Abort()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0); // A reset, also for what is still to be sent.
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is gone.
        }

        _socket.Dispose();
    }

    public void Dispose()
    {
        ReleaseBuffer();
        _frames.Dispose();
        _socket.Dispose();
        _receiver.Dispose();
        _permits.Dispose();
    }

    /// <summary>Reads the next frame of what the client has sent; none if there is no more.</summary>
    private ClientFrame ReadFrame()
    {
        var bytes = _unread.Span;
        var frame = _frames.Read(ref bytes);
        _unread = _unread[^bytes.Length..];
        return frame;
    }

    /// <returns>The message, if the frame was the last one of a message.</returns>
    private async ValueTask<ReceivedMessage?> TakeAsync(ClientFrame frame)
    {
        switch (frame.Kind)
        {
            case ClientFrameKind.Text:
                return new ReceivedMessage(ReceivedKind.Text, frame.Payload);
            case ClientFrameKind.Binary:
                return new ReceivedMessage(ReceivedKind.Binary);
            case ClientFrameKind.TooLong:
                return new ReceivedMessage(ReceivedKind.TooLong);
            case ClientFrameKind.Close:
                ClientCode = frame.CloseCode ?? (int)WebSocketCloseStatus.Empty;
                return new ReceivedMessage(ReceivedKind.Closed);
            case ClientFrameKind.Ping when _flood.TryTakePing():
                await Outbox.WriteAsync(WebSocketFrame.Pong(frame.Payload.Span));
                return null;
            case ClientFrameKind.Ping:
                _readsEnded = true;
                return null;
            case ClientFrameKind.ProtocolError:
                _lifetime.End(CloseReason.ProtocolError);
                throw new WebSocketException(WebSocketError.Faulted, "The client breaks the rules of WebSockets.");
            case ClientFrameKind.InvalidText:
                _lifetime.End(CloseReason.Unreadable);
                throw new WebSocketException(WebSocketError.Faulted, "The client has sent text that is none.");
            default:
                return null;
        }
    }

    /// <returns>How many bytes are in the buffer; 0 if the client has ended its side.</returns>
    private async ValueTask<int> ReceiveAsync()
    {
        while (true)
        {
            await _receiver.WaitAsync();
            _buffer ??= ArrayPool<byte>.Shared.Rent(ReadLength);
            if (_receiver.TryReceive(_buffer, out var count))
            {
                return count;
            }

            ReleaseBuffer();
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await _socket.ReceiveAsync(buffer, cancellationToken);
        HasReadToEnd = count == 0;
        return count;
    }

    private void ReleaseBuffer()
    {
        if (_buffer is { } buffer)
        {
            (_buffer, _unread) = (null, default);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
