using System.Data.Common;
using System.Text;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Stores API keys in a database. Each call is one piece of work there; keys that it ends are announced in this process.</summary>
internal sealed class ApiKeyStore(
    PreparedDatabase prepared, IApiKeyDatabase database, LastUses lastUses, IHostEnvironment environment, ApiKeyEndings endings, TimeProvider time)
    : IApiKeyStore
{
    private bool IsDemoAllowed => environment.IsDevelopment();

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => prepared.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken) =>
        ApiKeyFormat.IsWellFormed(apiKey)
            ? prepared.RunAsync(
                async (connection, end) =>
                {
                    var now = time.GetUtcNow();
                    var key = await ApiKeyQueries.FindAsync(connection, apiKey, now, IsDemoAllowed, end);
                    if (key is not null)
                    {
                        await lastUses.NoteAsync(connection, key.Id, now, end);
                    }

                    return key;
                },
                cancellationToken)
            : Task.FromResult<ApiKey?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> FindEndedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ids.Count > 0
            ? prepared.RunAsync(
                (connection, end) => ApiKeyQueries.FindEndedAsync(connection, database.Dialect, ids, time.GetUtcNow(), IsDemoAllowed, end),
                cancellationToken)
            : Task.FromResult<IReadOnlyList<long>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? userId, bool withEnded, CancellationToken cancellationToken) =>
        userId is null || CanBeStored(userId)
            ? prepared.RunAsync((connection, end) => ApiKeyQueries.ListAsync(connection, userId, withEnded, time.GetUtcNow(), end), cancellationToken)
            : Task.FromResult<IReadOnlyList<ApiKeyRecord>>([]);

    /// <inheritdoc/>
    public Task<CreatedApiKey> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken)
    {
        if (wanted.Error is { } error)
        {
            throw new ArgumentException(error, nameof(wanted));
        }

        return prepared.RunAsync((connection, end) => ApiKeyQueries.InsertAsync(connection, wanted, time.GetUtcNow(), end), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ApiKeyRecord?> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        var revoked = await prepared.RunAsync(
            (connection, end) => ApiKeyQueries.RevokeAsync(connection, id, time.GetUtcNow(), end), cancellationToken);
        if (revoked is not null)
        {
            endings.Announce(id);
        }

        return revoked;
    }

    /// <inheritdoc/>
    public async Task<ApiKeyRotation> RotateAsync(long id, TimeSpan grace, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grace, ApiKeyRotation.MaxGrace);
        var now = time.GetUtcNow();
        var rotation = await prepared.RunAsync((connection, end) => RotateAsync(connection, id, grace, now, end), cancellationToken);
        if (rotation is { Old: { } old, New: not null } && old.StateAt(now) == ApiKeyState.Expired)
        {
            endings.Announce(id);
        }

        return rotation;
    }

    // PostgreSQL accepts no text with NUL, and half a surrogate pair is not valid Unicode, so no key can have such a user.
    private static bool CanBeStored(string text) =>
        !text.Contains('\0', StringComparison.Ordinal) && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private async Task<ApiKeyRotation> RotateAsync(
        DbConnection connection, long id, TimeSpan grace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Exclusive: of two callers who rotate the same key, the later one is told the other's successor.
        await using var transaction = await database.BeginExclusiveAsync(connection, cancellationToken);
        var old = await ApiKeyQueries.ReadAsync(connection, id, cancellationToken);
        if (old is null || old.IsDemo || old.StateAt(now) != ApiKeyState.Active)
        {
            return new ApiKeyRotation(old, null);
        }

        var wanted = new NewApiKey(old.Name, old.UserId, old.Role, old.ExpiresAt - old.CreatedAt);
        var successor = await ApiKeyQueries.InsertAsync(connection, wanted, now, cancellationToken);
        var end = now + grace;
        old = await ApiKeyQueries.ReplaceAsync(
            connection, id, successor.Record.Id, old.ExpiresAt < end ? old.ExpiresAt.Value : end, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ApiKeyRotation(old, successor);
    }
}
