namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The client wants another view.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscriptionMessage")]
public abstract record SubscriptionMessage : ClientMessage;
