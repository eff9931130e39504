namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The client asks for a sign of life, from the cluster and not from the gateway alone.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.PingMessage")]
public sealed record PingMessage : ClientMessage;
