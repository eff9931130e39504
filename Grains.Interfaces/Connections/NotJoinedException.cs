namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>A connection was called that has not joined or has left. This includes a connection that was lost with its silo.</summary>
[GenerateSerializer, Alias("OrleansTicker.NotJoinedException")]
public sealed class NotJoinedException() : InvalidOperationException("The connection has not joined.");
