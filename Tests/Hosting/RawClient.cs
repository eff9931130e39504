using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A client that implements WebSocket itself (RFC 6455), to do what a well-behaved one cannot.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;

    private RawClient(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
    }

    public static async Task<RawClient> ConnectAsync(
        Uri address, string token, int? receiveBuffer = null, string extraHeaders = "", IPAddress? from = null, Socket? socket = null, byte[]? following = null)
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        socket ??= new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        await socket.ConnectAsync(IPAddress.TryParse(address.Host, out var host) ? host : IPAddress.Loopback, address.Port, timeout.Token);
        Stream stream = new NetworkStream(socket);
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, timeout.Token);
            stream = tls;
        }

        var client = new RawClient(socket, stream);
        await client.SendAsync([.. Request(address, token, extraHeaders), .. following ?? []]);
        var response = new StringBuilder();
        var one = new byte[1];
        while (!response.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client._stream.ReadExactlyAsync(one, timeout.Token);
            response.Append((char)one[0]);
        }

        return response.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal)
            ? client
            : throw new InvalidOperationException(response.ToString());
    }

    /// <summary>Asks for a WebSocket, and resets the connection before the answer.</summary>
    public static async Task AskAndCutAsync(Uri address, string token)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Request(address, token, ""));
        socket.LingerState = new LingerOption(true, 0);
    }

    public async Task SendAsync(byte[] bytes)
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        await _stream.WriteAsync(bytes, timeout.Token);
    }

    /// <summary>Sends a short frame, masked with zeros.</summary>
    public Task SendFrameAsync(byte first, byte[] payload) => SendAsync([first, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]);

    /// <summary>The next frame: its first byte and its payload.</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync()
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        return await ReadFrameBeforeAsync(timeout.Token);
    }

    /// <summary>The next text message. Other frames are skipped.</summary>
    public async Task<string> ReadTextAsync()
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        while (true)
        {
            var (first, payload) = await ReadFrameBeforeAsync(timeout.Token);
            if (first == 0x81)
            {
                return Encoding.UTF8.GetString(payload);
            }
        }
    }

    /// <summary>Reads up to a text message with these words; other frames are passed over.</summary>
    public async Task ReadUpToAsync(string words)
    {
        while (!(await ReadTextAsync()).Contains(words, StringComparison.Ordinal))
        {
            // Prices may come before it.
        }
    }

    public async Task<string> ReadConnectionIdAsync()
    {
        using var welcome = JsonDocument.Parse(await ReadTextAsync());
        return welcome.RootElement.GetProperty("connection_id").GetString()!;
    }

    /// <summary>Reads until the close frame. Other frames are skipped.</summary>
    /// <returns>The close code and reason.</returns>
    public async Task<string> ReadCloseAsync()
    {
        while (true)
        {
            var (first, payload) = await ReadFrameAsync();
            if (first == 0x88)
            {
                return $"{BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload.AsSpan(2))}";
            }
        }
    }

    /// <summary>The state of the connection: it has ended (FIN), was reset, or has more to read.</summary>
    public async Task<string> ReadEndAsync()
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        try
        {
            return await _stream.ReadAsync(new byte[1], timeout.Token) == 0 ? "FIN" : "more";
        }
        catch (IOException e)
        {
            return e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? "RST" : e.Message;
        }
    }

    /// <summary>Reads until the server ends the connection.</summary>
    public async Task ReadToEndAsync()
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        var buffer = new byte[8192];
        try
        {
            while (await _stream.ReadAsync(buffer, timeout.Token) > 0)
            {
                // The content does not matter.
            }
        }
        catch (IOException)
        {
            // A reset also ends the connection.
        }
    }

    /// <summary>Resets the connection, as if the client were killed.</summary>
    public void Cut()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<(byte First, byte[] Payload)> ReadFrameBeforeAsync(CancellationToken deadline)
    {
        var header = new byte[2];
        await _stream.ReadExactlyAsync(header, deadline);
        long length = header[1];
        if (length >= 126)
        {
            var extended = new byte[length == 126 ? 2 : 8];
            await _stream.ReadExactlyAsync(extended, deadline);
            length = extended.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(extended) : BinaryPrimitives.ReadInt64BigEndian(extended);
        }

        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, deadline);
        return (header[0], payload);
    }

    private static byte[] Request(Uri address, string token, string extraHeaders) => Encoding.ASCII.GetBytes(
        $"GET /ws/ticker HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer {token}\r\n{extraHeaders}\r\n");
}
