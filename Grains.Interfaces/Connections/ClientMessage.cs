namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A valid message from a client.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ClientMessage")]
public abstract record ClientMessage;
