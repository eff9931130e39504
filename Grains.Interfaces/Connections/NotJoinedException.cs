namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A connection was asked something that has not joined, or has left: also where its silo has died, and all it knew with it.</summary>
[GenerateSerializer, Alias("OrleansTicker.NotJoinedException")]
public sealed class NotJoinedException() : InvalidOperationException("The connection has not joined.");
