using System.Collections.Immutable;
using System.Text.Json;
using OrleansTicker.Gateway.Json;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>Reads what clients say on the channel of candles.</summary>
internal static class NativeCandleReader
{
    private static readonly ErrorMessage UnknownInterval = new("unknown_interval", $"\"interval\" has to be one of {string.Join(", ", CandleIntervals.Names)}.");
    private static readonly ErrorMessage NoEverything = new(
        "invalid_message", $"\"{SubscribeMessage.Everything}\" can't be subscribed to on this channel: name the symbols.");

    /// <summary>Reads a message that asks for candles.</summary>
    /// <param name="json">The message.</param>
    /// <param name="symbols">The symbols that it names.</param>
    public static (ClientMessage?, ErrorMessage?) ReadSubscribe(JsonElement json, ImmutableArray<string> symbols)
    {
        if (!TryReadInterval(json, out var interval))
        {
            return (null, UnknownInterval);
        }

        if (symbols.Contains(SubscribeMessage.Everything))
        {
            return (null, NoEverything);
        }

        if (!json.TryGetProperty("from", out var from))
        {
            return (new SubscribeCandlesMessage(symbols, interval), null);
        }

        var length = (long)interval.Length().TotalSeconds;
        return StrictJson.TryGetWhole(from, out var seconds) && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() && seconds % length == 0
            ? (new SubscribeCandlesMessage(symbols, interval, DateTimeOffset.FromUnixTimeSeconds(seconds)), null)
            : (null, new ErrorMessage(
                "invalid_message", $"\"from\" has to be the open time of a candle, in Unix seconds: a multiple of {length} for {interval.Name()}."));
    }

    /// <summary>Reads a message that asks for no more candles.</summary>
    /// <param name="json">The message.</param>
    /// <param name="symbols">The symbols that it names.</param>
    public static (ClientMessage?, ErrorMessage?) ReadUnsubscribe(JsonElement json, ImmutableArray<string> symbols) =>
        TryReadInterval(json, out var interval) ? (new UnsubscribeCandlesMessage(symbols, interval), null) : (null, UnknownInterval);

    private static bool TryReadInterval(JsonElement json, out CandleInterval interval)
    {
        interval = default;
        return json.TryGetProperty("interval", out var name)
            && name.ValueKind is JsonValueKind.String
            && CandleIntervals.TryParse(name.GetString(), out interval);
    }
}
