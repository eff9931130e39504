namespace OrleansTicker.LoadTest.Clients;

/// <summary>A server did not accept the WebSocket.</summary>
/// <param name="status">The HTTP status; 0 if there was no answer.</param>
/// <param name="message">What went wrong.</param>
internal sealed class HandshakeException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
