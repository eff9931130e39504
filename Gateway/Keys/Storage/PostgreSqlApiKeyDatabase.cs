using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using OrleansTicker.Common.Files;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>
/// Stores API keys in a PostgreSQL database, which must exist; its tables are created. The schema's version is in the only row of
/// <c>api_keys_schema</c>. If the tables are up to date, no right to create tables is needed.
/// </summary>
internal sealed class PostgreSqlApiKeyDatabase : IApiKeyDatabase, IAsyncDisposable, IDisposable
{
    // The key of the advisory lock for all exclusive work on the API keys of a database: "otk keys" in ASCII.
    private const long ExclusiveLock = 0x6F746B206B657973;

    /// <summary>How long a whole piece of work may take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;

    public PostgreSqlApiKeyDatabase(IOptions<KeyOptions> options, TimeProvider time)
    {
        _settings = PostgreSqlSource.Read(options.Value.ConnectionString);
        _source = NpgsqlDataSource.Create(_settings);
        _time = time;
        Location = PostgreSqlSource.LocationOf(_settings);
    }

    /// <inheritdoc/>
    public string Location { get; }

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
    /// <exception cref="OptionsValidationException">The connection string has a wrong setting, which only connecting shows.</exception>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (!PostgreSqlFaults.IsFault(exception))
        {
            throw new OptionsValidationException(
                Options.DefaultName, typeof(KeyOptions), [PostgreSqlSource.Refusal(KeyOptions.Section, exception, _settings)]);
        }
    }

    /// <inheritdoc/>
    public string? WhyReadOnly(DbConnection connection) => null; // A standby reports it on the first write.

    /// <inheritdoc/>
    public DatabaseFault Explain(Exception exception) =>
        FileFault.WhyNotWritten(exception) is { } cause
            ? new(DatabaseFaultKind.NotWritable, cause) // The file of the demo key.
            : PostgreSqlFaults.Explain(exception);

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
        // Reads the catalog: to_regclass uses a cache, which in a transaction that waited does not have what others created.
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
