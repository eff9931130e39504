using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>
/// A client's WebSocket, designed for thousands in one process: it reads without allocations, and messages are parsed once for all clients.
/// It answers pings and closes. Sending is thread-safe.
/// </summary>
internal sealed class TickerSocket : IDisposable
{
    /// <summary>How long the handshake may take.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(15);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly FrameReader _frames;
    private readonly MessageCache _messages;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1, 1);

    private TickerSocket(Socket socket, Stream stream, FrameReader frames, MessageCache messages, TimeProvider time)
    {
        (_socket, _stream, _frames, _messages, _time) = (socket, stream, frames, messages, time);
    }

    /// <summary>How many bytes a second to read; null for no limit.</summary>
    public int? BytesPerSecond { get; init; }

    /// <exception cref="HandshakeException">There is no gateway, or it did not accept the WebSocket.</exception>
    public static async Task<TickerSocket> ConnectAsync(
        Uri gateway,
        string token,
        Cursor cursor,
        MessageCache messages,
        TimeProvider time,
        IPAddress? source = null,
        int? bytesPerSecond = null,
        bool wantsStatus = false,
        CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = new CancellationTokenSource(HandshakeTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (bytesPerSecond is { } slow)
            {
                socket.ReceiveBufferSize = 4 * slow; // Otherwise the kernel would buffer too much.
            }

            if (source is not null)
            {
                socket.Bind(new IPEndPoint(source, 0));
            }

            await socket.ConnectAsync(new DnsEndPoint(gateway.IdnHost, gateway.Port), linked.Token);
            Stream stream = new NetworkStream(socket);
            if (gateway.Scheme is "https" or "wss")
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = gateway.IdnHost }, linked.Token);
            }

            var handshake = new Handshake(gateway);
            var frames = new FrameReader();
            await stream.WriteAsync(handshake.Request(token, cursor, wantsStatus), linked.Token);
            await handshake.ReadAnswerAsync(stream, frames, linked.Token);
            return new TickerSocket(socket, stream, frames, messages, time) { BytesPerSecond = bytesPerSecond };
        }
        catch (Exception e) when (e is SocketException or IOException or HandshakeException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw e switch
            {
                HandshakeException refused => refused,
                OperationCanceledException => new HandshakeException(0, $"no handshake within {HandshakeTimeout.TotalSeconds} s"),
                SocketException or { InnerException: SocketException } => new HandshakeException(0, ((e as SocketException) ?? (SocketException)e.InnerException!).SocketErrorCode.ToString()),
                _ => new HandshakeException(0, e.Message),
            };
        }
    }

    /// <summary>Reads until the WebSocket ends. Never throws.</summary>
    public async Task<SocketEnd> ReadAsync(IMessageSink sink)
    {
        try
        {
            while (true)
            {
                while (_frames.TryRead(out var frame))
                {
                    if (TryEnd(frame, sink) is { } end)
                    {
                        return end;
                    }
                }

                var free = _frames.GetFree();
                if (BytesPerSecond is { } slow)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), _time);
                    free = free[..Math.Min(free.Length, slow)];
                }

                var count = await _stream.ReadAsync(free);
                if (count == 0)
                {
                    return new SocketEnd(SocketEnd.Lost, "the connection ended without a close");
                }

                _frames.Received(count);
            }
        }
        catch (FrameException e)
        {
            Cut();
            return new SocketEnd(SocketEnd.Lost, $"the server sent {e.Message}");
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return new SocketEnd(SocketEnd.Lost, "the connection was lost");
        }
    }

    /// <summary>Sends a text message, unless the connection is lost.</summary>
    public Task SendAsync(string text) => SendAsync(FrameWriter.Text(text));

    /// <summary>Sends a close; the server's answer ends <see cref="ReadAsync"/>.</summary>
    public Task CloseAsync() => SendAsync(FrameWriter.Close(1000));

    /// <summary>Ends the connection without a close.</summary>
    public void Cut() => _socket.Dispose();

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private SocketEnd? TryEnd(Frame frame, IMessageSink sink)
    {
        switch (frame.Opcode)
        {
            case Opcode.Text:
                sink.Take(_messages.Get(frame.Payload));
                return null;
            case Opcode.Ping:
                _ = SendAsync(FrameWriter.Pong(frame.Payload));
                return null;
            case Opcode.Close:
                var code = frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : SocketEnd.NoCode;
                _ = SendAsync(FrameWriter.Close(1000));
                return new SocketEnd(code, frame.Payload.Length > 2 ? Encoding.UTF8.GetString(frame.Payload[2..]) : "");
            default:
                return null;
        }
    }

    private async Task SendAsync(byte[] frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _stream.WriteAsync(frame);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The reader notices this too, and reports it.
        }
        finally
        {
            _sending.Release();
        }
    }
}
