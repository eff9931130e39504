using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// API keys in SQLite. Every look is at the file as it is, so a key that another process revokes is refused from then on.
/// SQLite blocks, also for seconds where another process holds the file, so all of it runs on a few threads of its own: on the
/// shared pool a few such calls would stop the prices of everyone.
/// </summary>
internal sealed partial class SqliteApiKeyStore(
    ApiKeyDatabase database, IHostEnvironment environment, TimeProvider time, ILogger<SqliteApiKeyStore> logger) : IApiKeyStore, IDisposable
{
    private const int LastUseTimeoutSeconds = 1;

    /// <summary>How many look at the file at once, and how many more may wait for their turn.</summary>
    private const int Readers = 2;
    private const int Waiting = 64;

    /// <summary>How long one waits for its turn.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LastUseResolution = TimeSpan.FromMinutes(1);

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions { PermitLimit = Readers, QueueLimit = Waiting });
    private readonly Lock _preparing = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _lastUses = new();
    private volatile bool _isPrepared;

    /// <summary>Makes the database and the demo key where they are missing, and migrates it.</summary>
    /// <exception cref="NewerSchemaException">The database is of a later version.</exception>
    /// <exception cref="ApiKeyStoreUnavailableException">The database cannot be reached, read or written.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        RunAsync(() => { Prepare(); return true; }, cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken) =>
        ApiKeyFormat.IsWellFormed(apiKey)
            ? RunAsync(() => Find(apiKey), cancellationToken)
            : Task.FromResult<ApiKey?>(null);

    /// <summary>Ends what waits for its turn.</summary>
    public void Dispose() => _turns.Dispose();

    private async Task<T> RunAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var turn = await _turns.AcquireAsync(1, either.Token);
            if (turn.IsAcquired)
            {
                return await Task.Factory.StartNew(() => Guard(read), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its turn did not come in time.
        }

        throw new ApiKeyStoreUnavailableException($"The API keys in {database.Path} cannot be read: too many wait for them already");
    }

    // What else can go wrong between a path and a row: the file is no database, a folder is missing or not ours.
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new ApiKeyStoreUnavailableException($"The API keys in {database.Path} cannot be read", exception);
        }
    }

    private void Prepare()
    {
        lock (_preparing)
        {
            if (_isPrepared)
            {
                return;
            }

            using var connection = database.Create();
            ApiKeySchema.Migrate(connection);
            if (environment.IsDevelopment())
            {
                LogDemoKey(DemoApiKey.Ensure(connection, database.Folder, time.GetUtcNow()));
            }

            _isPrepared = true;
        }
    }

    private ApiKey? Find(string apiKey)
    {
        PrepareLate();
        using var connection = database.Open();
        var now = time.GetUtcNow();
        using var command = connection.Command(
            """
            SELECT id, name, user_id, role FROM api_keys
            WHERE hash = @hash AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now) AND is_demo <= @demo
            """,
            ("@hash", ApiKeyFormat.HashOf(apiKey)),
            ("@now", now.ToUnixTimeSeconds()),
            ("@demo", environment.IsDevelopment() ? 1 : 0));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var key = new ApiKey(reader.GetString(1), reader.GetString(2), reader.GetString(3));
        NoteUse(connection, reader.GetInt64(0), now);
        return key;
    }

    // Does something only where preparing failed at start.
    private void PrepareLate()
    {
        try
        {
            if (!_isPrepared)
            {
                Prepare();
            }
        }
        catch (NewerSchemaException exception)
        {
            throw new ApiKeyStoreUnavailableException(exception.Message, exception);
        }
    }

    private void NoteUse(SqliteConnection connection, long id, DateTimeOffset now)
    {
        if (_lastUses.TryGetValue(id, out var last) && now - last < LastUseResolution)
        {
            return;
        }

        _lastUses[id] = now;
        try
        {
            using var command = connection.Command(
                "UPDATE api_keys SET last_used_at = @now WHERE id = @id", ("@now", now.ToUnixTimeSeconds()), ("@id", id));
            command.CommandTimeout = LastUseTimeoutSeconds;
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            // A database that can be read and not written still lets its users in.
            LogUseNotNoted(exception, id);
        }
    }

    // The one secret in a log: everyone who reads a developer's console may have the demo key, which is why it is for Development only.
    [LoggerMessage(2100, LogLevel.Information, "Demo API key: {Key}")]
    private partial void LogDemoKey(string key);

    [LoggerMessage(2101, LogLevel.Warning, "The last use of API key {Id} could not be noted")]
    private partial void LogUseNotNoted(Exception exception, long id);
}
