namespace OrleansTicker.Gateway.Keys;

/// <summary>The API keys cannot be reached or read; perhaps they can later.</summary>
internal sealed class ApiKeyStoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
