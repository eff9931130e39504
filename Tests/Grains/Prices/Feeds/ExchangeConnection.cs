using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>A client's connection to the <see cref="TestExchange"/>, after its first message.</summary>
internal sealed class ExchangeConnection(WebSocket socket, string firstMessage)
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string FirstMessage { get; } = firstMessage;

    /// <summary>Ends when either side has ended the connection.</summary>
    public Task Ended => _ended.Task;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool endOfMessage = true) =>
        socket.SendAsync(bytes, type, endOfMessage, TestContext.Current.CancellationToken);

    public Task CloseAsync() =>
        socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "maintenance", TestContext.Current.CancellationToken);

    /// <summary>Ends without a word.</summary>
    public void Drop() => socket.Abort();

    /// <summary>Whether a message waits to be taken.</summary>
    public bool HasReceived => _received.Reader.TryPeek(out _);

    /// <summary>The next message after the first.</summary>
    public Task<string> ReceiveAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();

    /// <summary>Reads until the end.</summary>
    public async Task DrainAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                _received.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
        }

        _ended.SetResult();
    }
}
