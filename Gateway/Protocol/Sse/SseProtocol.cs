using System.Globalization;
using System.Text.Json;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary>
/// Server-sent events (HTML standard, 9.2), as docs/protocol.md describes them: the native protocol's JSON, each message as an event. Never
/// compressed, since a compressor keeps state for each client, and events are shared.
/// </summary>
internal sealed class SseProtocol : IWireProtocol
{
    /// <summary>The shortest wait before a client connects again, in milliseconds. Clients wait up to twice as long, each for a time of its own.</summary>
    private const int ShortestRetryMs = 1000;

    /// <summary>The same if the gateway is stopping: by then a load balancer knows, or another gateway runs.</summary>
    private const int ShortestRetryOfStoppingMs = 2000;

    private readonly bool _isChunked;
    private readonly SseEncoding _price;
    private readonly SseEncoding _full;

    private SseProtocol(bool isChunked)
    {
        _isChunked = isChunked;
        _price = new SseEncoding(isChunked, DetailLevel.Price);
        _full = new SseEncoding(isChunked, DetailLevel.Full);
        Comment = SseEvent.Comment(isChunked);
    }

    /// <summary>The events alone; the web server frames them.</summary>
    public static SseProtocol Plain { get; } = new(isChunked: false);

    /// <summary>Each event is a chunk of HTTP/1.1.</summary>
    public static SseProtocol Chunked { get; } = new(isChunked: true);

    /// <summary>A comment, which clients skip.</summary>
    public byte[] Comment { get; }

    public IQuoteEncoding GetEncoding(bool isCompressed, DetailLevel detail) => detail == DetailLevel.Full ? _full : _price;

    public byte[] Write(ServerMessage message)
    {
        var fields = message switch
        {
            StatusMessage => "event: status\n",
            ReconnectMessage => $"{RetryAfter(ShortestRetryOfStoppingMs)}event: reconnect\n",
            ErrorMessage => "event: problem\n", // Browsers have an event "error" of their own.
            _ => throw new ArgumentException($"A stream has no event for {message.GetType()}.", nameof(message)),
        };
        return SseEvent.Write(fields, NativeProtocol.ToJson(message), _isChunked);
    }

    public byte[] WriteWelcome(WelcomeMessage welcome, long epoch, Cursor from)
    {
        // The id again: for a client that follows the standard, events without an id make one forget the id of an earlier stream.
        var id = from == default ? "" : $"id: {SseCursor.IdOf(from)}\n";
        return SseEvent.Write($"{RetryAfter(ShortestRetryMs)}{id}event: welcome\n", NativeProtocol.ToJson(welcome, epoch), _isChunked);
    }

    public byte[] WriteClose(CloseReason reason)
    {
        var id = reason.Code == CloseReason.ByAdministrator.Code ? $"id: {SseCursor.End}\n" : "";
        var json = JsonSerializer.SerializeToUtf8Bytes(new CloseJson("close", reason.Code, reason.Text), SseJson.Default.CloseJson);
        return SseEvent.WriteLast($"{id}event: close\n", json, _isChunked);
    }

    /// <summary>When clients that were disconnected at the same instant connect again: each at a time of its own.</summary>
    private static string RetryAfter(int shortest) =>
        string.Create(CultureInfo.InvariantCulture, $"retry: {Random.Shared.Next(shortest, 2 * shortest)}\n");
}
