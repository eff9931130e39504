namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// The API keys that there are. Every look is at the database as it is, so what another process does to a key counts at once.
/// Any thread may call it, and each call ends in a few seconds. All may throw <see cref="ApiKeyStoreUnavailableException"/>:
/// the keys cannot be reached, read or written.
/// </summary>
internal interface IApiKeyStore
{
    /// <summary>Makes what is missing of the database, and migrates it.</summary>
    /// <exception cref="NewerSchemaException">The database is of a later version.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whom a key stands for, or null where it is unknown, malformed, expired or revoked.</summary>
    /// <param name="apiKey">What a client presented; anything at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken);

    /// <summary>Which of these keys count no more: expired, revoked or gone. One query, however many they are.</summary>
    /// <param name="ids">The keys' numbers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<long>> FindEndedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>The keys, oldest first.</summary>
    /// <param name="userId">Of this user alone; null for all.</param>
    /// <param name="withEnded">Whether those that count no more are among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? userId, bool withEnded, CancellationToken cancellationToken);

    /// <summary>Makes a key.</summary>
    /// <exception cref="ArgumentException">It cannot be made so (<see cref="NewApiKey.Error"/>).</exception>
    Task<CreatedApiKey> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken);

    /// <summary>Ends a key at once. One that was revoked before stays as it is.</summary>
    /// <returns>The key as it now is, or null where there is none of this number.</returns>
    Task<ApiKeyRecord?> RevokeAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a key a successor for the same user, role and lifetime, and lets it live on for a while: never longer than it
    /// would have lived anyway.
    /// </summary>
    /// <param name="id">The key's number.</param>
    /// <param name="grace">How long the old key lives on, from zero to <see cref="ApiKeyRotation.MaxGrace"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ApiKeyRotation> RotateAsync(long id, TimeSpan grace, CancellationToken cancellationToken);
}
