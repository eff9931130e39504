namespace OrleansTicker.LoadTest.Clients;

/// <summary>A gateway issued no token.</summary>
/// <param name="status">The HTTP status; 0 if there was no answer.</param>
/// <param name="message">The reason.</param>
internal sealed class TokenRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
