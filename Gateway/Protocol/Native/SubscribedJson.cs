using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>subscribed</c>: the current view.</summary>
/// <param name="Symbols">Its symbols.</param>
/// <param name="IntervalMs">The least time between two messages, in milliseconds; 0 for every change.</param>
/// <param name="Detail">How much of each quote is sent; left out if it is the price only.</param>
/// <param name="Status">Whether <c>status</c> messages are sent; left out if not.</param>
internal sealed record SubscribedJson(
    ImmutableArray<string> Symbols,
    long IntervalMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Status) : ServerMessageJson
{
    public static SubscribedJson Of(SessionView view) => new(
        view.Symbols,
        (long)view.Interval.TotalMilliseconds,
        view.Detail == DetailLevel.Price ? null : DetailNames.NameOf(view.Detail),
        view.WantsStatus);
}
