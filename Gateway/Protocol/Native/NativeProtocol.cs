using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrleansTicker.Gateway.Json;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>This server's own protocol, version 1: JSON, as docs/protocol.md describes it.</summary>
internal sealed class NativeProtocol : IWebSocketProtocol
{
    /// <summary>The longest interval that a client may ask for, in milliseconds.</summary>
    private const int LongestIntervalMs = 60_000;

    private static readonly ErrorMessage InvalidJson = new("invalid_json", "The message is not a JSON object, or names a field twice.");
    private static readonly ErrorMessage NoType = new("invalid_message", "The message needs a \"type\" that is a string.");
    private static readonly ErrorMessage UnknownType = new("unknown_type", "This message type is not known.");
    private static readonly ErrorMessage InvalidSymbols = new("invalid_message", "\"symbols\" has to be a list of strings.");
    private static readonly ErrorMessage NoSymbols = new("invalid_message", "The message needs \"symbols\".");
    private static readonly ErrorMessage NoToken = new("invalid_message", "The message needs a \"token\" that is a string.");
    private static readonly ErrorMessage NothingAsked = new("invalid_message", "The message needs \"symbols\", \"interval_ms\", \"detail\" or \"status\".");
    private static readonly ErrorMessage InvalidInterval = new("invalid_message", $"\"interval_ms\" has to be a whole number from 0 to {LongestIntervalMs}.");

    private static readonly ErrorMessage InvalidDetail = new("invalid_message", $"\"detail\" has to be {DetailNames.Choice}.");
    private static readonly ErrorMessage InvalidStatus = new("invalid_message", "\"status\" has to be true or false.");

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

    public bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out ClientMessage? message,
        [NotNullWhen(false)] out ErrorMessage? error)
    {
        (message, error) = StrictJson.TryRead(utf8.ToArray(), Read, out var read) ? read : (null, InvalidJson);
        return message is not null;
    }

    public byte[] Write(ServerMessage message)
    {
        ServerMessageJson json = message switch
        {
            PongMessage => new PongJson(),
            RenewedMessage renewed => new AuthJson(renewed.ExpiresAt.ToUnixTimeSeconds()),
            SubscribedMessage subscribed => SubscribedJson.Of(subscribed.View),
            ReconnectMessage reconnect => new ReconnectJson((long)reconnect.After.TotalMilliseconds),
            StatusMessage status => new StatusJson([.. status.Feeds.Select(FeedJson.Of)]),
            ErrorMessage error => new ErrorJson(error.Code, error.Message, error.Symbols),
            _ => throw new ArgumentException($"The protocol has no message for {message.GetType()}.", nameof(message)),
        };
        return Write(json);
    }

    public byte[] WriteWelcome(WelcomeMessage welcome, long epoch, Cursor from) =>
        Write(new WelcomeJson(welcome.ActorId, welcome.ConnectionId, epoch, welcome.ExpiresAt.ToUnixTimeSeconds()));

    public byte[] WriteClose(CloseReason reason) => WebSocketFrame.Close(reason.Code, reason.Text);

    private static byte[] Write(ServerMessageJson json) =>
        WebSocketFrame.Text(JsonSerializer.SerializeToUtf8Bytes(json, NativeJson.Default.ServerMessageJson));

    private static (ClientMessage?, ErrorMessage?) Read(JsonElement json)
    {
        if (!json.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
        {
            return (null, NoType);
        }

        return type.GetString() switch
        {
            "ping" => (new PingMessage(), null),
            "subscribe" => ReadSubscribe(json),
            "unsubscribe" => ReadUnsubscribe(json),
            "auth" => ReadAuth(json),
            _ => (null, UnknownType),
        };
    }

    private static (ClientMessage?, ErrorMessage?) ReadSubscribe(JsonElement json)
    {
        TimeSpan? interval = null;
        if (json.TryGetProperty("interval_ms", out var milliseconds))
        {
            if (!StrictJson.TryGetWhole(milliseconds, out var value) || value is < 0 or > LongestIntervalMs)
            {
                return (null, InvalidInterval);
            }

            interval = TimeSpan.FromMilliseconds(value);
        }

        DetailLevel? detail = null;
        if (json.TryGetProperty("detail", out var name))
        {
            if (name.ValueKind is not JsonValueKind.String || !DetailNames.TryRead(name.GetString(), out var read))
            {
                return (null, InvalidDetail);
            }

            detail = read;
        }

        bool? wantsStatus = null;
        if (json.TryGetProperty("status", out var status))
        {
            if (status.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return (null, InvalidStatus);
            }

            wantsStatus = status.GetBoolean();
        }

        if (!json.TryGetProperty("symbols", out var symbols))
        {
            return interval is null && detail is null && wantsStatus is null
                ? (null, NothingAsked)
                : (new SubscribeMessage([], interval, detail, wantsStatus), null);
        }

        return IsListOfStrings(symbols) ? (new SubscribeMessage(StringsOf(symbols), interval, detail, wantsStatus), null) : (null, InvalidSymbols);
    }

    private static (ClientMessage?, ErrorMessage?) ReadUnsubscribe(JsonElement json)
    {
        if (!json.TryGetProperty("symbols", out var symbols))
        {
            return (null, NoSymbols);
        }

        return IsListOfStrings(symbols) ? (new UnsubscribeMessage(StringsOf(symbols)), null) : (null, InvalidSymbols);
    }

    private static (ClientMessage?, ErrorMessage?) ReadAuth(JsonElement json) =>
        json.TryGetProperty("token", out var token) && token.ValueKind is JsonValueKind.String
            ? (new AuthMessage(token.GetString()!), null)
            : (null, NoToken);

    private static bool IsListOfStrings(JsonElement json) =>
        json.ValueKind is JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String);

    private static ImmutableArray<string> StringsOf(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
