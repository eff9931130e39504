using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request to add symbols to the view, to change its interval, or both.</summary>
/// <param name="Symbols">The symbols to add, which may not exist; <see cref="Everything"/> for all; empty to leave them unchanged.</param>
/// <param name="Interval">The minimum time between two messages, zero for every change; null to leave it unchanged.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribeMessage")]
public sealed record SubscribeMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan? Interval) : SubscriptionMessage
{
    /// <summary>Stands for all symbols, including those added later.</summary>
    public const string Everything = "*";
}
