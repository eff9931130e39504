using System.Net.Sockets;
using System.Text;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

/// <summary>A client that sees frames, and answers none by itself.</summary>
internal sealed class RawFeedClient : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly FrameReader _frames = new();

    public static async Task<RawFeedClient> ConnectAsync(Uri url)
    {
        var client = new RawFeedClient();
        await client._tcp.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        await client._tcp.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            TestContext.Current.CancellationToken);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client._tcp.GetStream().ReadExactlyAsync(one, TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();
            head.Append((char)one[0]);
        }

        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head.ToString(), StringComparison.Ordinal); // The answer of RFC 6455, 1.3.
        return client;
    }

    /// <summary>The next frame.</summary>
    public async Task<(Opcode Opcode, byte[] Payload)> ReadAsync()
    {
        while (true)
        {
            if (TryRead() is { } frame)
            {
                return frame;
            }

            var count = await _tcp.GetStream().ReadAsync(_frames.GetFree(), TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();
            Assert.NotEqual(0, count);
            _frames.Received(count);
        }
    }

    public void Dispose() => _tcp.Dispose();

    private (Opcode, byte[])? TryRead() => _frames.TryRead(out var frame) ? (frame.Opcode, frame.Payload.ToArray()) : null;
}
