using System.Collections.Immutable;
using System.Text.Json;
using OrleansTicker.Gateway.Json;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>Reads what clients say in the native protocol.</summary>
internal static class NativeReader
{
    /// <summary>The longest interval that a client may ask for, in milliseconds.</summary>
    internal const int LongestIntervalMs = 60_000;

    private static readonly ErrorMessage InvalidJson = new("invalid_json", "The message is not a JSON object, or names a field twice.");
    private static readonly ErrorMessage NoType = new("invalid_message", "The message needs a \"type\" that is a string.");
    private static readonly ErrorMessage UnknownType = new("unknown_type", "This message type is not known.");
    private static readonly ErrorMessage UnknownChannel = new("unknown_channel", $"\"channel\" has to be {ChannelNames.Choice}.");
    private static readonly ErrorMessage InvalidSymbols = new("invalid_message", "\"symbols\" has to be a list of strings.");
    private static readonly ErrorMessage NoSymbols = new("invalid_message", "The message needs \"symbols\".");
    private static readonly ErrorMessage NoToken = new("invalid_message", "The message needs a \"token\" that is a string.");
    private static readonly ErrorMessage NothingAsked = new("invalid_message", "The message needs \"symbols\", \"interval_ms\", \"detail\" or \"status\".");
    private static readonly ErrorMessage InvalidInterval = new("invalid_message", $"\"interval_ms\" has to be a whole number from 0 to {LongestIntervalMs}.");

    private static readonly ErrorMessage InvalidDetail = new("invalid_message", $"\"detail\" has to be {DetailNames.Choice}.");
    private static readonly ErrorMessage InvalidStatus = new("invalid_message", "\"status\" has to be true or false.");

    /// <summary>Reads a message.</summary>
    /// <param name="utf8">Its text.</param>
    /// <returns>The message, or what to tell the client if it is not valid.</returns>
    public static (ClientMessage? Message, ErrorMessage? Error) Read(ReadOnlyMemory<byte> utf8) =>
        StrictJson.TryRead(utf8, Read, out var read) ? read : (null, InvalidJson);

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

    private static (ClientMessage?, ErrorMessage?) ReadSubscribe(JsonElement json) => ChannelOf(json) switch
    {
        ChannelNames.Ticker => ReadPrices(json),
        ChannelNames.Candles => ReadSymbols(json, NativeCandleReader.ReadSubscribe),
        _ => (null, UnknownChannel),
    };

    private static (ClientMessage?, ErrorMessage?) ReadUnsubscribe(JsonElement json) => ChannelOf(json) switch
    {
        ChannelNames.Ticker => ReadSymbols(json, (_, symbols) => (new UnsubscribeMessage(symbols), null)),
        ChannelNames.Candles => ReadSymbols(json, NativeCandleReader.ReadUnsubscribe),
        _ => (null, UnknownChannel),
    };

    /// <summary>The channel that a message names; null if it names none that could be one.</summary>
    private static string? ChannelOf(JsonElement json) =>
        !json.TryGetProperty("channel", out var channel) ? ChannelNames.Ticker
        : channel.ValueKind is JsonValueKind.String ? channel.GetString()
        : null;

    private static (ClientMessage?, ErrorMessage?) ReadPrices(JsonElement json)
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

    private static (ClientMessage?, ErrorMessage?) ReadSymbols(
        JsonElement json, Func<JsonElement, ImmutableArray<string>, (ClientMessage?, ErrorMessage?)> read)
    {
        if (!json.TryGetProperty("symbols", out var symbols))
        {
            return (null, NoSymbols);
        }

        return IsListOfStrings(symbols) ? read(json, StringsOf(symbols)) : (null, InvalidSymbols);
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
