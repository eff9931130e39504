namespace OrleansTicker.LoadTest.Clients;

/// <summary>A gateway gave no token.</summary>
/// <param name="status">The HTTP status; 0 where there was no answer.</param>
/// <param name="message">Why, in words.</param>
internal sealed class TokenRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
