namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Tells the client its new view.</summary>
/// <param name="View">The view.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribedMessage")]
public sealed record SubscribedMessage([property: Id(0)] SessionView View) : ServerMessage;
