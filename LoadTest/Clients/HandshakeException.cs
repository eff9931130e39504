namespace OrleansTicker.LoadTest.Clients;

/// <summary>A server did not take the WebSocket.</summary>
/// <param name="status">The HTTP status that it answered with; 0 where it gave no answer.</param>
/// <param name="message">What went wrong.</param>
internal sealed class HandshakeException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
