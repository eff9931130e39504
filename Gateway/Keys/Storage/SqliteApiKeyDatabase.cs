using System.Data.Common;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Files;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// API keys in a SQLite file. SQLite blocks, also for seconds where another process holds the file, so all of it runs on a few
/// threads of its own: on the shared pool a few such calls would stop the prices of everyone.
/// </summary>
internal sealed class SqliteApiKeyDatabase(IOptions<KeyOptions> options, IHostEnvironment environment, TimeProvider time)
    : IApiKeyDatabase, IDisposable
{
    // How long a statement waits for another process's lock before the database counts as unavailable.
    private const int BusyTimeoutSeconds = 3;

    /// <summary>How many look at the file at once, and how many more may wait for their turn.</summary>
    private const int Readers = 2;
    private const int Waiting = 64;

    /// <summary>How long one waits for its turn.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions { PermitLimit = Readers, QueueLimit = Waiting });

    /// <inheritdoc/>
    public string Place { get; } = options.Value.PathIn(environment);

    /// <inheritdoc/>
    public string Remedy => "Keys:Path to another file";

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.Sqlite;

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var turn = await _turns.AcquireAsync(1, either.Token);
            if (turn.IsAcquired)
            {
                // SQLite's asynchronous methods are the blocking ones, so the work never leaves its thread.
                return await Task.Factory.StartNew(
                    () => work(cancellationToken).GetAwaiter().GetResult(),
                    cancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its turn did not come in time.
        }

        throw new TimeoutException("Too many wait for the file already");
    }

    /// <summary>Makes the folder and the file where they are missing.</summary>
    public async Task<DbConnection> CreateAsync(CancellationToken cancellationToken)
    {
        OwnerFolder.Make(Path.GetDirectoryName(Place)!);
        var connection = await OpenAsync(SqliteOpenMode.ReadWriteCreate, cancellationToken);
        try
        {
            // Readers then never wait for a writer. Works outside of transactions alone.
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(SqliteOpenMode.ReadWrite, cancellationToken);

    /// <inheritdoc/>
    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <inheritdoc/>
    public Task<long> ReadVersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadLongAsync("PRAGMA user_version", cancellationToken);

    /// <inheritdoc/>
    public Task WriteVersionAsync(DbConnection connection, long version, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"PRAGMA user_version = {version}", cancellationToken);

    /// <summary>Ends what waits for its turn.</summary>
    public void Dispose() => _turns.Dispose();

    private async Task<DbConnection> OpenAsync(SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Place,
            Mode = mode,
            DefaultTimeout = BusyTimeoutSeconds,

            // A pooled connection goes on reading a file that was deleted or replaced.
            Pooling = false,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
