using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>A TCP connection that sends any bytes, and parses the answers. Not thread-safe.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024;

    private readonly Uri _gateway;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly FrameReader _frames = new();
    private byte[] _answer = [];
    private int _length;

    private RawConnection(Uri gateway, Socket socket) => (_gateway, _socket, _stream) = (gateway, socket, new NetworkStream(socket));

    /// <exception cref="SocketException">The gateway accepts no connection.</exception>
    public static async Task<RawConnection> ConnectAsync(Uri gateway, IPAddress source, CancellationToken cancellationToken, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer is { } bytes)
            {
                socket.ReceiveBufferSize = bytes;
            }

            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(IPAddress.Loopback, gateway.Port, cancellationToken);
            return new RawConnection(gateway, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an exception means that the connection has ended.</summary>
    public static bool IsEnd(Exception e) => e is IOException or SocketException or ObjectDisposedException;

    public Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _stream.WriteAsync(bytes, cancellationToken).AsTask();

    /// <summary>Reads one HTTP response with its body, whose length must be given.</summary>
    /// <returns>The status; 0 if the connection ended instead.</returns>
    public async Task<int> ReadStatusAsync(CancellationToken cancellationToken)
    {
        if (_answer.Length == 0)
        {
            _answer = new byte[MaxAnswerBytes];
        }

        int end;
        while ((end = _answer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await ReadMoreAsync(cancellationToken))
            {
                return 0;
            }
        }

        var head = Encoding.ASCII.GetString(_answer, 0, end);
        var status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var length = end + 4 + (status == 101 ? 0 : BodyLengthOf(head));
        while (_length < length)
        {
            if (!await ReadMoreAsync(cancellationToken))
            {
                return status;
            }
        }

        _answer.AsSpan(length, _length - length).CopyTo(_answer);
        _length -= length;
        return status;
    }

    /// <summary>Opens a WebSocket.</summary>
    /// <exception cref="HandshakeException">The gateway did not accept it.</exception>
    public async Task OpenWebSocketAsync(string token, CancellationToken cancellationToken)
    {
        var handshake = new Handshake(_gateway);
        await SendAsync(handshake.Request(token, default), cancellationToken);
        await handshake.ReadAnswerAsync(_stream, _frames, cancellationToken);
    }

    /// <summary>Reads frames of an open WebSocket until the gateway's close.</summary>
    /// <returns>The close code; 1006 if the connection ended instead.</returns>
    public async Task<int> ReadCloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                while (_frames.TryRead(out var frame))
                {
                    if (frame.Opcode == Opcode.Close)
                    {
                        return frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : SocketEnd.NoCode;
                    }
                }

                var count = await _stream.ReadAsync(_frames.GetFree(), cancellationToken);
                if (count == 0)
                {
                    return SocketEnd.Lost;
                }

                _frames.Received(count);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            return SocketEnd.Lost;
        }
    }

    /// <summary>Resets the connection, which leaves nothing behind in the kernel.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private async Task<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        var count = _length == _answer.Length ? 0 : await _stream.ReadAsync(_answer.AsMemory(_length), cancellationToken);
        _length += count;
        return count > 0;
    }

    private static int BodyLengthOf(string head)
    {
        const string Name = "\r\nContent-Length:";
        var start = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return 0;
        }

        var value = head.AsSpan(start + Name.Length);
        var end = value.IndexOf('\r');
        return int.Parse((end < 0 ? value : value[..end]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
