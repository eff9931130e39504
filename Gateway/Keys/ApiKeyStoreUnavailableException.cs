namespace OrleansTicker.Gateway.Keys;

/// <summary>The API keys cannot be reached, read or written; perhaps they can later. The message names the cause.</summary>
/// <param name="message">What cannot be done and why, in words for an operator.</param>
/// <param name="inner">What the database said.</param>
/// <param name="kind">What that means for those who ask.</param>
internal sealed class ApiKeyStoreUnavailableException(
    string message, Exception? inner = null, DatabaseFaultKind kind = DatabaseFaultKind.Unavailable) : Exception(message, inner)
{
    /// <summary>What it means for those who ask.</summary>
    public DatabaseFaultKind Kind => kind;

    /// <summary>What belongs into a log beside the message: where the message names the cause, nothing more.</summary>
    public Exception? Details => kind == DatabaseFaultKind.Refused ? this : null;
}
