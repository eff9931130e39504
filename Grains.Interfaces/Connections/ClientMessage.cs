namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A well-formed message of a client.</summary>
/// <param name="Type">What the client calls it; perhaps a type that nobody knows.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ClientMessage")]
public sealed record ClientMessage([property: Id(0)] string Type);
