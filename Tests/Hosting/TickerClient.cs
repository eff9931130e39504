using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// A client like any program's, with the platform's WebSocket. Each wait has a timeout, which fails the test.
/// </summary>
internal sealed class TickerClient : IDisposable
{
    public static readonly TimeSpan Patience = Eventually.Timeout;

    private readonly byte[] _buffer = new byte[1 << 20];

    private TickerClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    public static Task<TickerClient> ConnectAsync(Uri address, string token, string query = "") =>
        ConnectAsync(address, socket => socket.SetRequestHeader("Authorization", $"Bearer {token}"), query);

    public static async Task<TickerClient> ConnectAsync(Uri address, Action<ClientWebSocketOptions> configure, string query = "")
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure(socket.Options);
        var url = new UriBuilder(address) { Scheme = "ws", Path = "/ws/ticker", Query = query }.Uri;
        using var timeout = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(url, timeout.Token);
        return new TickerClient(socket);
    }

    public async Task SendAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
    }

    /// <summary>The next message; null if the server has closed.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await ReadAsync("message", timeout.Token);
    }

    /// <summary>The next message of a type. Others are skipped.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (await ReadAsync(type, timeout.Token) is { } message)
        {
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }

        throw new InvalidOperationException($"Closed with {(int?)Socket.CloseStatus} {Socket.CloseStatusDescription} before any {type} came.");
    }

    /// <summary>Reads until the server closes.</summary>
    /// <returns>The close code and reason.</returns>
    public async Task<(int Code, string? Reason)> ReceiveCloseAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (await ReadAsync("close", timeout.Token) is not null)
        {
            // Messages before the close do not matter.
        }

        return ((int)Socket.CloseStatus!.Value, Socket.CloseStatusDescription);
    }

    public void Dispose() => Socket.Dispose();

    private async Task<JsonElement?> ReadAsync(string what, CancellationToken deadline)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult read;
            try
            {
                read = await Socket.ReceiveAsync(_buffer.AsMemory(length), deadline);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"No {what} within {Patience}");
            }

            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (read.EndOfMessage)
            {
                using var document = JsonDocument.Parse(_buffer.AsMemory(0, length));
                return document.RootElement.Clone();
            }
        }
    }
}
