namespace OrleansTicker.LoadTest.Clients;

/// <summary>The server violated RFC 6455 or the protocol.</summary>
internal sealed class FrameException(string message) : Exception(message);
