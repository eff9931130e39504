using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys;

/// <summary>The API keys cannot be reached, read or written; a later call may succeed. The message names the cause.</summary>
/// <param name="message">What cannot be done and why, for an operator.</param>
/// <param name="inner">What the database said.</param>
/// <param name="kind">What that means for the caller.</param>
internal sealed class ApiKeyStoreUnavailableException(
    string message, Exception? inner = null, DatabaseFaultKind kind = DatabaseFaultKind.Unavailable) : Exception(message, inner)
{
    /// <summary>What it means for the caller.</summary>
    public DatabaseFaultKind Kind => kind;

    /// <summary>The exception to log beside the message; null if the message already names the cause.</summary>
    public Exception? Details => kind == DatabaseFaultKind.Refused ? this : null;
}
