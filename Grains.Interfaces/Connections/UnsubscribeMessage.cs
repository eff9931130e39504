using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The client wants fewer symbols.</summary>
/// <param name="Symbols">The symbols to leave out, each perhaps unknown; <see cref="SubscribeMessage.Everything"/> for all.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.UnsubscribeMessage")]
public sealed record UnsubscribeMessage([property: Id(0)] ImmutableArray<string> Symbols) : SubscriptionMessage;
