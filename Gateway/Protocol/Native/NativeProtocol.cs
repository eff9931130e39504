using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>This server's own protocol, version 1: JSON, as docs/protocol.md describes it.</summary>
internal sealed class NativeProtocol : IWebSocketProtocol
{
    private NativeProtocol()
    {
    }

    /// <summary>The only instance.</summary>
    public static NativeProtocol Instance { get; } = new();

    public string Subprotocol => "ticker.v1";

    public IQuoteEncoding GetEncoding(bool isCompressed, DetailLevel detail) => (isCompressed, detail) switch
    {
        (false, DetailLevel.Price) => NativeEncoding.Plain,
        (false, _) => NativeEncoding.PlainFull,
        (true, DetailLevel.Price) => NativeEncoding.Compressed,
        _ => NativeEncoding.CompressedFull,
    };

    public ICandleEncoding GetCandleEncoding(bool isCompressed) => isCompressed ? NativeCandles.Compressed : NativeCandles.Plain;

    public bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out ClientMessage? message,
        [NotNullWhen(false)] out ErrorMessage? error)
    {
        (message, error) = NativeReader.Read(utf8.ToArray());
        return message is not null;
    }

    public byte[] Write(ServerMessage message) => WebSocketFrame.Text(ToJson(message));

    public byte[] WriteWelcome(WelcomeMessage welcome, long epoch, Cursor from) => WebSocketFrame.Text(ToJson(welcome, epoch));

    public byte[] WriteClose(CloseReason reason) => WebSocketFrame.Close(reason.Code, reason.Text);

    /// <summary>The JSON of a message, without a frame.</summary>
    internal static byte[] ToJson(ServerMessage message)
    {
        ServerMessageJson json = message switch
        {
            PongMessage => new PongJson(),
            RenewedMessage renewed => new AuthJson(renewed.ExpiresAt.ToUnixTimeSeconds()),
            SubscribedMessage subscribed => SubscribedJson.Of(subscribed.View),
            SubscribedCandlesMessage candles => SubscribedJson.Of(candles),
            ReconnectMessage reconnect => new ReconnectJson((long)reconnect.After.TotalMilliseconds),
            StatusMessage status => new StatusJson(status.Source, [.. status.Feeds.Select(FeedJson.Of)]),
            ErrorMessage error => new ErrorJson(error.Code, error.Message, error.Symbols),
            _ => throw new ArgumentException($"The protocol has no message for {message.GetType()}.", nameof(message)),
        };
        return ToJson(json);
    }

    /// <summary>The JSON of a session's first message, without a frame.</summary>
    internal static byte[] ToJson(WelcomeMessage welcome, long epoch) =>
        ToJson(new WelcomeJson(welcome.ActorId, welcome.ConnectionId, epoch, welcome.ExpiresAt.ToUnixTimeSeconds()));

    private static byte[] ToJson(ServerMessageJson json) => JsonSerializer.SerializeToUtf8Bytes(json, NativeJson.Default.ServerMessageJson);
}
