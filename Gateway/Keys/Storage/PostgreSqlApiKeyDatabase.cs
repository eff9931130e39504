using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// API keys in a PostgreSQL database, which must exist; its tables are made. The schema's version is the one row of
/// <c>api_keys_schema</c>. Where the tables are up to date, no right to make any is needed.
/// </summary>
internal sealed class PostgreSqlApiKeyDatabase : IApiKeyDatabase, IAsyncDisposable, IDisposable
{
    // How long a connection or an answer may take, unless the connection string says otherwise.
    private const int TimeoutSeconds = 3;

    // Of the advisory lock that stands for all exclusive work on the keys of a database: "otk keys" in ASCII.
    private const long ExclusiveLock = 0x6F746B206B657973;

    /// <summary>How long a whole piece of work may take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;

    public PostgreSqlApiKeyDatabase(IOptions<KeyOptions> options, TimeProvider time)
    {
        // Later words go before earlier ones, so those of the operator stand.
        var settings = new NpgsqlConnectionStringBuilder(
            $"Timeout={TimeoutSeconds};Command Timeout={TimeoutSeconds};Application Name=OrleansTicker;{options.Value.ConnectionString}");
        _source = NpgsqlDataSource.Create(settings);
        _time = time;
        Place = $"{settings.Host}:{settings.Port}{(settings.Database is { } name ? $"/{name}" : "")}";
    }

    /// <inheritdoc/>
    public string Place { get; }

    /// <inheritdoc/>
    public string Remedy => "Keys:ConnectionString to another database";

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.PostgreSql;

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {LongestWait}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<DbConnection> CreateAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@lock)", cancellationToken, ("@lock", ExclusiveLock));
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<long> ReadVersionAsync(DbConnection connection, CancellationToken cancellationToken) =>
        // By a look into the catalogue: to_regclass asks a cache, which in a transaction that waited does not know what others made.
        await connection.ReadLongAsync(
            "SELECT count(*) FROM pg_class WHERE relname = 'api_keys_schema' AND pg_table_is_visible(oid)", cancellationToken) == 0
            ? 0
            : await connection.ReadLongAsync("SELECT COALESCE(max(version), 0) FROM api_keys_schema", cancellationToken);

    /// <inheritdoc/>
    public Task WriteVersionAsync(DbConnection connection, long version, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS api_keys_schema (version BIGINT NOT NULL);
            DELETE FROM api_keys_schema;
            INSERT INTO api_keys_schema (version) VALUES (@version);
            """,
            cancellationToken,
            ("@version", version));

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _source.Dispose();
}
