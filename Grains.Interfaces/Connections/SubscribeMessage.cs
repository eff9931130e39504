using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The client wants more symbols, or another interval, or both.</summary>
/// <param name="Symbols">The symbols to add, each perhaps unknown; <see cref="Everything"/> for all; none to leave them as they are.</param>
/// <param name="Interval">At most one message in so long, zero for every change; null to leave it as it is.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribeMessage")]
public sealed record SubscribeMessage(
    [property: Id(0)] ImmutableArray<string> Symbols,
    [property: Id(1)] TimeSpan? Interval) : SubscriptionMessage
{
    /// <summary>Stands for every symbol that there is and will be.</summary>
    public const string Everything = "*";
}
