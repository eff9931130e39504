namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A request to change the view.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscriptionMessage")]
public abstract record SubscriptionMessage : ClientMessage;
