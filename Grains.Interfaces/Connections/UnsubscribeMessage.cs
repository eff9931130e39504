using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request to remove symbols from the view.</summary>
/// <param name="Symbols">The symbols to remove, which may not exist; <see cref="SubscribeMessage.Everything"/> for all.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.UnsubscribeMessage")]
public sealed record UnsubscribeMessage([property: Id(0)] ImmutableArray<string> Symbols) : SubscriptionMessage;
