namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A client's ping, answered by the cluster and not by the gateway alone.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.PingMessage")]
public sealed record PingMessage : ClientMessage;
