namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// The stored API keys. Every call queries the database, so a change by another process takes effect at once.
/// Thread-safe. Each call ends within a few seconds and may throw <see cref="ApiKeyStoreUnavailableException"/>
/// if the keys cannot be reached, read or written.
/// </summary>
internal interface IApiKeyStore
{
    /// <summary>Creates the database if it is missing, and migrates it.</summary>
    /// <exception cref="NewerSchemaException">The database is of a later version.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Finds the user of a key; null if the key is unknown, malformed, expired or revoked.</summary>
    /// <param name="apiKey">What a client presented, which may be any text.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken);

    /// <summary>Finds which of these keys are no longer valid: expired, revoked or deleted. Always one query.</summary>
    /// <param name="ids">The keys' numbers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<long>> FindEndedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Lists keys, oldest first.</summary>
    /// <param name="userId">The user whose keys to list; null for all users.</param>
    /// <param name="withEnded">Whether to include keys that are no longer valid.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? userId, bool withEnded, CancellationToken cancellationToken);

    /// <summary>Creates a key.</summary>
    /// <exception cref="ArgumentException">The request is not valid (<see cref="NewApiKey.Error"/>).</exception>
    Task<CreatedApiKey> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken);

    /// <summary>Revokes a key with immediate effect. A key that is already revoked is not changed.</summary>
    /// <returns>The key as it is now, or null if no key has this number.</returns>
    Task<ApiKeyRecord?> RevokeAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a key by a new one for the same user, role and lifetime. The old key stays valid for a grace period, but never
    /// longer than it would have been.
    /// </summary>
    /// <param name="id">The key's number.</param>
    /// <param name="grace">How long the old key stays valid, from zero to <see cref="ApiKeyRotation.MaxGrace"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ApiKeyRotation> RotateAsync(long id, TimeSpan grace, CancellationToken cancellationToken);
}
