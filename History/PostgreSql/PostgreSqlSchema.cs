using System.Globalization;
using Npgsql;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>
/// The tables of the history, in a schema of its own, so that a database can also hold something else. Needs PostgreSQL 14 or later, for
/// times that consist of several ranges.
/// </summary>
internal static class PostgreSqlSchema
{
    /// <summary>The version that this program knows.</summary>
    public const int Version = 2;

    /// <summary>What to set for another database, as the end of a sentence.</summary>
    public const string Remedy = "History:ConnectionString to another database";

    // The key of the advisory lock for all changes of tables: "otk hist" in ASCII.
    private const long ExclusiveLock = 0x6F746B2068697374;

    // Names are in the order of their characters, as everywhere else. The views are for people.
    private static readonly string Creation =
        $"""
        CREATE SCHEMA IF NOT EXISTS history;
        CREATE TABLE history.schema_version (version BIGINT NOT NULL);
        INSERT INTO history.schema_version (version) VALUES ({Version});
        CREATE TABLE history.symbols (
          id    INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          name  TEXT COLLATE "C" NOT NULL UNIQUE,
          shard INTEGER NOT NULL
        );
        CREATE INDEX symbols_by_shard ON history.symbols (shard);
        CREATE TABLE history.shards (
          shard        INTEGER PRIMARY KEY,
          epoch        BIGINT NOT NULL,
          seq          BIGINT NOT NULL,
          final_before TIMESTAMPTZ NOT NULL,
          covered      TSTZMULTIRANGE NOT NULL,
          claim        BIGINT NOT NULL
        );
        {string.Join('\n', CandleIntervals.Kept.Select(Table))}
        CREATE VIEW history.coverage AS
        SELECT shard, lower(range) AS from_time, upper(range) AS to_time FROM history.shards, unnest(covered) AS range;
        CREATE VIEW history.candles AS
        {string.Join("\nUNION ALL\n", CandleIntervals.Kept.Select(Selection))};
        """;

    // Without the default, a program of the first version that still runs can't write any more: it knows nothing of claims.
    private static readonly string[] Upgrades =
    [
        """
        ALTER TABLE history.shards ADD COLUMN claim BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE history.shards ALTER COLUMN claim DROP DEFAULT;
        UPDATE history.schema_version SET version = 2;
        """,
    ];

    /// <summary>
    /// Creates what is missing, and brings an earlier version up to this one. Several processes may do so at once: one changes the tables, the others
    /// find them changed.
    /// </summary>
    /// <exception cref="HistoryUnavailableException">The schema is of a later version.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(connection, cancellationToken) < Version)
        {
            await using var transaction = await BeginExclusiveAsync(connection, cancellationToken);
            while (await ReadVersionAsync(connection, cancellationToken) is var version && version < Version)
            {
                await connection.ExecuteAsync(version == 0 ? Creation : Upgrades[version - 1], cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        await CheckAsync(connection, cancellationToken);
    }

    /// <summary>Refuses a schema of another version.</summary>
    /// <exception cref="HistoryUnavailableException">The schema is missing, or of another version.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(connection, cancellationToken) is var version && version != Version)
        {
            throw HistoryFaults.OfVersion(version, Version, Remedy);
        }
    }

    /// <summary>Begins a transaction that waits until all others like it have ended.</summary>
    public static async Task<NpgsqlTransaction> BeginExclusiveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({ExclusiveLock})"), cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    // Reads the catalog: to_regclass uses a cache, which in a transaction that waited does not have what others created.
    private static async Task<long> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.ReadLongAsync(
            """
            SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = 'history' AND relname = 'schema_version'
            """,
            cancellationToken) == 0
            ? 0
            : await connection.ReadLongAsync("SELECT COALESCE(max(version), 0) FROM history.schema_version", cancellationToken);

    private static string Table(CandleInterval interval) =>
        $"""
        CREATE TABLE history.{CandleTables.Of(interval)} (
          symbol_id    INTEGER NOT NULL,
          open_time    TIMESTAMPTZ NOT NULL,
          open         NUMERIC NOT NULL,
          high         NUMERIC NOT NULL,
          low          NUMERIC NOT NULL,
          close        NUMERIC NOT NULL,
          volume       NUMERIC NOT NULL,
          quote_volume NUMERIC NOT NULL,
          trades       BIGINT NOT NULL,
          first_at     TIMESTAMPTZ NOT NULL,
          last_at      TIMESTAMPTZ NOT NULL,
          epoch        BIGINT NOT NULL,
          seq          BIGINT NOT NULL,
          PRIMARY KEY (symbol_id, open_time)
        ) PARTITION BY RANGE (open_time);
        """;

    private static string Selection(CandleInterval interval) =>
        $"""
        SELECT name AS symbol, '{interval.Name()}' AS interval, open_time, open, high, low, close, volume, quote_volume, trades
        FROM history.{CandleTables.Of(interval)} JOIN history.symbols ON symbols.id = symbol_id
        """;
}
