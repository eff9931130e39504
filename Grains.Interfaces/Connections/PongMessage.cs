namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The answer to a client's ping.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.PongMessage")]
public sealed record PongMessage : ServerMessage;
