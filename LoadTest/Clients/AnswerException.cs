namespace OrleansTicker.LoadTest.Clients;

/// <summary>A gateway did not answer a request as it should.</summary>
/// <param name="status">The HTTP status; 0 if there was no answer that could be read.</param>
/// <param name="message">The reason.</param>
internal sealed class AnswerException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
