namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A message from a connection to its client. The gateway encodes it.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ServerMessage")]
public abstract record ServerMessage;
