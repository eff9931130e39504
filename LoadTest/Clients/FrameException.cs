namespace OrleansTicker.LoadTest.Clients;

/// <summary>The server broke the rules of RFC 6455 or of the protocol.</summary>
internal sealed class FrameException(string message) : Exception(message);
