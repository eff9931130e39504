using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

/// <summary>A client of an exchange, on the platform's own WebSocket.</summary>
internal sealed class FeedClient : IDisposable
{
    private readonly byte[] _buffer = new byte[8 * 1024 * 1024];

    public ClientWebSocket Socket { get; } = new();

    public static async Task<FeedClient> ConnectAsync(Uri url, bool compresses = false)
    {
        var client = new FeedClient();
        client.Socket.Options.DangerousDeflateOptions = compresses ? new WebSocketDeflateOptions() : null;
        await client.Socket.ConnectAsync(url, TestContext.Current.CancellationToken).WithinTimeoutAsync();
        return client;
    }

    public Task SendAsync(string text) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message, as it came.</summary>
    public async Task<string> ReadTextAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>The next message.</summary>
    public async Task<JsonElement> ReadAsync() => JsonSerializer.Deserialize<JsonElement>(await ReadTextAsync());

    /// <summary>Reads on until the server closes.</summary>
    public async Task<WebSocketCloseStatus?> ReadToEndAsync()
    {
        while ((await Socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync()).MessageType
            != WebSocketMessageType.Close)
        {
        }

        return Socket.CloseStatus;
    }

    public void Dispose() => Socket.Dispose();
}
