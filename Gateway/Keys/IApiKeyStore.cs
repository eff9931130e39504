namespace OrleansTicker.Gateway.Keys;

/// <summary>The API keys that there are.</summary>
internal interface IApiKeyStore
{
    /// <summary>Whom a key stands for, or null where it is unknown, malformed, expired or revoked.</summary>
    /// <param name="apiKey">What a client presented; anything at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiKeyStoreUnavailableException">The keys cannot be reached or read.</exception>
    Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken);
}
