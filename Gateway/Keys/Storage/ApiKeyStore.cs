using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// API keys in a database. Where its preparation failed at start, each call tries it again. The demo key is made where a
/// <see cref="DemoApiKey"/> is given: by the gateway, and not by the commands.
/// </summary>
internal sealed partial class ApiKeyStore(
    IApiKeyDatabase database,
    IHostEnvironment environment,
    ApiKeyEndings endings,
    TimeProvider time,
    ILogger<ApiKeyStore> logger,
    DemoApiKey? demo = null) : IApiKeyStore
{
    private const int LastUseTimeoutSeconds = 1;

    private static readonly TimeSpan LastUseResolution = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _lastUses = new();
    private volatile bool _isPrepared;
    private string? _readOnlyCause;
    private string? _demoCause;

    private bool IsDemoAllowed => environment.IsDevelopment();

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            await PrepareOnceAsync(end);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken) =>
        ApiKeyFormat.IsWellFormed(apiKey)
            ? RunAsync(
                async (connection, end) =>
                {
                    var now = time.GetUtcNow();
                    var key = await ApiKeyQueries.FindAsync(connection, apiKey, now, IsDemoAllowed, end);
                    if (key is not null)
                    {
                        await NoteUseAsync(connection, key.Id, now, end);
                    }

                    return key;
                },
                cancellationToken)
            : Task.FromResult<ApiKey?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> FindEndedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ids.Count > 0
            ? RunAsync(
                (connection, end) => ApiKeyQueries.FindEndedAsync(connection, database.Dialect, ids, time.GetUtcNow(), IsDemoAllowed, end),
                cancellationToken)
            : Task.FromResult<IReadOnlyList<long>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? userId, bool withEnded, CancellationToken cancellationToken) =>
        userId is null || CanBeStored(userId)
            ? RunAsync((connection, end) => ApiKeyQueries.ListAsync(connection, userId, withEnded, time.GetUtcNow(), end), cancellationToken)
            : Task.FromResult<IReadOnlyList<ApiKeyRecord>>([]);

    /// <inheritdoc/>
    public Task<CreatedApiKey> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken)
    {
        if (wanted.Error is { } error)
        {
            throw new ArgumentException(error, nameof(wanted));
        }

        return RunAsync((connection, end) => ApiKeyQueries.InsertAsync(connection, wanted, time.GetUtcNow(), end), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ApiKeyRecord?> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        var revoked = await RunAsync(
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
        var rotation = await RunAsync((connection, end) => RotateAsync(connection, id, grace, now, end), cancellationToken);
        if (rotation is { Old: { } old, New: not null } && old.StateAt(now) == ApiKeyState.Expired)
        {
            endings.Announce(id);
        }

        return rotation;
    }

    // PostgreSQL takes no text with NUL, and half a surrogate pair is no Unicode text at all: no key can have such a user.
    private static bool CanBeStored(string text) =>
        !text.Contains('\0', StringComparison.Ordinal) && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private async Task<ApiKeyRotation> RotateAsync(
        DbConnection connection, long id, TimeSpan grace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Exclusive, so that of two who rotate the same key one is told of the other's successor.
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

    private Task<T> RunAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            try
            {
                await PrepareOnceAsync(end);
                await using var connection = await database.OpenAsync(end);
                return await work(connection, end);
            }
            catch (Exception exception) when (exception is NewerSchemaException or OptionsValidationException)
            {
                throw new ApiKeyStoreUnavailableException(exception.Message, exception); // What stops a start fails a request.
            }
        },
        cancellationToken);

    // Whatever goes wrong between a setting and a row is told in the database's own words.
    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RunAsync(work, cancellationToken);
        }
        catch (Exception exception) when (exception
            is not (OperationCanceledException or ApiKeyStoreUnavailableException or NewerSchemaException or OptionsValidationException))
        {
            var fault = database.Explain(exception);
            throw new ApiKeyStoreUnavailableException(fault.At(database.Place), exception, fault.Kind);
        }
    }

    // Callers who come at once may all prepare, as several processes may: the database lets one after the other.
    private async Task PrepareOnceAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
        {
            return;
        }

        await using var connection = await database.CreateAsync(cancellationToken);
        await ApiKeySchema.MigrateAsync(database, connection, cancellationToken);
        if (database.WhyReadOnly(connection) is { } cause)
        {
            TellReadOnly(cause);
        }

        _isPrepared = await TryEnsureDemoAsync(connection, cancellationToken);
    }

    /// <summary>Makes sure of the demo key, where there is to be one. Where it cannot be written, the other keys count all the same.</summary>
    private async Task<bool> TryEnsureDemoAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await (demo?.EnsureAsync(connection, cancellationToken) ?? Task.CompletedTask);
            return true;
        }
        catch (Exception exception) when (database.Explain(exception) is { Kind: DatabaseFaultKind.NotWritable } fault)
        {
            if (Interlocked.Exchange(ref _demoCause, fault.Cause) != fault.Cause)
            {
                LogNoDemo(fault.Cause);
            }

            return false;
        }
    }

    private async Task NoteUseAsync(DbConnection connection, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_lastUses.TryGetValue(id, out var last) && now - last < LastUseResolution)
        {
            return;
        }

        _lastUses[id] = now;
        try
        {
            await ApiKeyQueries.NoteUseAsync(connection, id, now, LastUseTimeoutSeconds, cancellationToken);
            if (Interlocked.Exchange(ref _readOnlyCause, null) is not null)
            {
                LogWritable(database.Place);
            }
        }
        catch (DbException exception)
        {
            // A database that can be read and not written still lets its users in.
            var fault = database.Explain(exception);
            if (fault.Kind == DatabaseFaultKind.NotWritable)
            {
                TellReadOnly(fault.Cause);
            }
            else
            {
                LogUseNotNoted(id, fault.Cause);
            }
        }
    }

    private void TellReadOnly(string cause)
    {
        if (Interlocked.Exchange(ref _readOnlyCause, cause) != cause)
        {
            LogReadOnly(database.Place, cause);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "The last use of API key {Id} could not be noted: {Cause}")]
    private partial void LogUseNotNoted(long id, string cause);

    [LoggerMessage(2102, LogLevel.Warning, "The API keys in {Place} can be read and not written ({Cause}): none can be made, revoked or rotated")]
    private partial void LogReadOnly(string place, string cause);

    [LoggerMessage(2103, LogLevel.Information, "The API keys in {Place} can be written again")]
    private partial void LogWritable(string place);

    [LoggerMessage(2104, LogLevel.Warning, "There is no demo API key, since it cannot be written: {Cause}")]
    private partial void LogNoDemo(string cause);
}
