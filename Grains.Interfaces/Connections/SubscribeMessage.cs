using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request to add symbols to the view, or to change how it is sent.</summary>
/// <param name="Symbols">The symbols to add, which may not exist; <see cref="Everything"/> for all; empty to leave them unchanged.</param>
/// <param name="Interval">The minimum time between two messages, zero for every change; null to leave it unchanged.</param>
/// <param name="Detail">How much of each quote is sent; null to leave it unchanged.</param>
/// <param name="WantsStatus">Whether the client is told which exchanges come and go; null to leave it unchanged.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribeMessage")]
public sealed record SubscribeMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan? Interval,
    [property: Id(2)] DetailLevel? Detail = null,
    [property: Id(3)] bool? WantsStatus = null) : SubscriptionMessage
{
    /// <summary>Stands for all symbols of the whole market, including those added later. Those of single exchanges have to be named.</summary>
    public const string Everything = "*";
}
