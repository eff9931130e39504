namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>Tells the client its view, after a change of it.</summary>
/// <param name="View">The view as it now is.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SubscribedMessage")]
public sealed record SubscribedMessage([property: Id(0)] SessionView View) : ServerMessage;
