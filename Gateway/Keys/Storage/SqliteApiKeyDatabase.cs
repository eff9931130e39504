using System.Data.Common;
using System.Threading.RateLimiting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Stores API keys in a SQLite file. SQLite blocks, for seconds if another process holds the file, so it runs on a few threads of its own:
/// on the thread pool, a few such calls would stop everyone's prices. If the file can be read but its folder can't be written, the keys can
/// still be read.
/// </summary>
internal sealed class SqliteApiKeyDatabase(IOptions<KeyOptions> options, IHostEnvironment environment, TimeProvider time)
    : IApiKeyDatabase, IDisposable
{
    /// <summary>How many callers use the file at once, and how many more may wait.</summary>
    private const int Readers = 2;
    private const int Waiting = 64;

    /// <summary>How long a caller may wait for its turn.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions { PermitLimit = Readers, QueueLimit = Waiting });
    private readonly SqliteFile _file = new(options.Value.PathIn(environment));

    /// <inheritdoc/>
    public string Location { get; } = options.Value.PathIn(environment);

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
                // SQLite's asynchronous methods block, so the work stays on its thread.
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

    /// <summary>Creates the folder and the file if they are missing.</summary>
    public Task<DbConnection> CreateAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(_file.Create());

    /// <inheritdoc/>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(_file.Open());

    /// <inheritdoc/>
    public string? WhyReadOnly(DbConnection connection) => _file.WhyReadOnly(connection);

    /// <inheritdoc/>
    public DatabaseFault Explain(Exception exception) => _file.Explain(exception);

    /// <inheritdoc/>
    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <inheritdoc/>
    public Task<long> ReadVersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadLongAsync("PRAGMA user_version", cancellationToken);

    /// <inheritdoc/>
    public Task WriteVersionAsync(DbConnection connection, long version, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"PRAGMA user_version = {version}", cancellationToken);

    /// <summary>Cancels the callers that wait for their turn.</summary>
    public void Dispose() => _turns.Dispose();
}
