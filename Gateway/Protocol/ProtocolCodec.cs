using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrleansTicker.Gateway.Json;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>Between the wire's messages and the cluster's.</summary>
internal static class ProtocolCodec
{
    /// <summary>The name of the protocol's version 1 as a WebSocket subprotocol.</summary>
    public const string Subprotocol = "ticker.v1";

    /// <summary>The longest interval that a client may ask for, in milliseconds.</summary>
    private const int LongestIntervalMs = 60_000;

    private static readonly ErrorMessage InvalidJson = new("invalid_json", "The message is not a JSON object, or names a field twice.");
    private static readonly ErrorMessage NoType = new("invalid_message", "The message needs a \"type\" that is a string.");
    private static readonly ErrorMessage UnknownType = new("unknown_type", "This message type is not known.");
    private static readonly ErrorMessage InvalidSymbols = new("invalid_message", "\"symbols\" has to be a list of strings.");
    private static readonly ErrorMessage NoSymbols = new("invalid_message", "The message needs \"symbols\".");
    private static readonly ErrorMessage NoToken = new("invalid_message", "The message needs a \"token\" that is a string.");
    private static readonly ErrorMessage NothingAsked = new("invalid_message", "The message needs \"symbols\", \"interval_ms\" or both.");
    private static readonly ErrorMessage InvalidInterval = new("invalid_message", $"\"interval_ms\" has to be a whole number from 0 to {LongestIntervalMs}.");

    /// <summary>Reads a client's message.</summary>
    /// <param name="utf8">The message's text.</param>
    /// <param name="message">The message, where it is one.</param>
    /// <param name="error">What to tell the client, where it is none.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out ClientMessage? message,
        [NotNullWhen(false)] out ErrorMessage? error)
    {
        (message, error) = StrictJson.TryRead(utf8.ToArray(), Read, out var read) ? read : (null, InvalidJson);
        return message is not null;
    }

    /// <summary>Writes a message to a client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="epoch">The ticker's epoch as the gateway knows it.</param>
    public static byte[] Write(ServerMessage message, long epoch)
    {
        ServerMessageJson json = message switch
        {
            WelcomeMessage welcome => new WelcomeJson(welcome.ActorId, welcome.ConnectionId, epoch, welcome.ExpiresAt.ToUnixTimeSeconds()),
            PongMessage => new PongJson(),
            RenewedMessage renewed => new AuthJson(renewed.ExpiresAt.ToUnixTimeSeconds()),
            SubscribedMessage subscribed => new SubscribedJson(subscribed.View.Symbols, (long)subscribed.View.Interval.TotalMilliseconds),
            ErrorMessage error => new ErrorJson(error.Code, error.Message, error.Symbols),
            _ => throw new ArgumentException($"The protocol has no message for {message.GetType()}.", nameof(message)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(json, ProtocolJson.Default.ServerMessageJson);
    }

    /// <summary>Writes <c>reconnect</c>.</summary>
    /// <param name="after">When to connect again, from now.</param>
    public static byte[] WriteReconnect(TimeSpan after) =>
        JsonSerializer.SerializeToUtf8Bytes(new ReconnectJson((long)after.TotalMilliseconds), ProtocolJson.Default.ServerMessageJson);

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

        if (!json.TryGetProperty("symbols", out var symbols))
        {
            return interval is null ? (null, NothingAsked) : (new SubscribeMessage([], interval), null);
        }

        return IsListOfStrings(symbols) ? (new SubscribeMessage(StringsOf(symbols), interval), null) : (null, InvalidSymbols);
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
