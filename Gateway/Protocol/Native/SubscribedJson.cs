using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>subscribed</c>: the current view of prices, or of candles in one interval.</summary>
/// <param name="Channel">The channel; left out if it is the one of prices.</param>
/// <param name="Symbols">Its symbols.</param>
/// <param name="Interval">The interval of the candles; left out if it is about prices.</param>
/// <param name="IntervalMs">The least time between two messages, in milliseconds; 0 for every change. Left out if it is about candles.</param>
/// <param name="Detail">How much of each quote is sent; left out if it is the price only.</param>
/// <param name="Status">Whether <c>status</c> messages are sent; left out if not.</param>
internal sealed record SubscribedJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Channel,
    ImmutableArray<string> Symbols,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Interval,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? IntervalMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Status) : ServerMessageJson
{
    public static SubscribedJson Of(SubscribedCandlesMessage candles) =>
        new(ChannelNames.Candles, candles.Symbols, candles.Interval.Name(), IntervalMs: null, Detail: null, Status: false);

    public static SubscribedJson Of(SessionView view) => new(
        Channel: null,
        view.Symbols,
        Interval: null,
        (long)view.Interval.TotalMilliseconds,
        view.Detail == DetailLevel.Price ? null : DetailNames.NameOf(view.Detail),
        view.WantsStatus);
}
