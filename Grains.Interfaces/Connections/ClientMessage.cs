namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A well-formed message of a client, of a type that the protocol has.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ClientMessage")]
public abstract record ClientMessage;
