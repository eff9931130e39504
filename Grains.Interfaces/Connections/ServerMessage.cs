namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A message to a client that the connection decides on. How it looks on the wire is the gateway's business.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ServerMessage")]
public abstract record ServerMessage;
