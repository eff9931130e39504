using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>
/// The tables of the history. Prices and volumes are text, because SQLite has no exact type for them: it would keep them as binary
/// fractions. Open times are Unix seconds, first_after and last_after microseconds after them. Seconds lie together by shard and time, since
/// there are so many that each write would otherwise touch a page of each symbol; what is longer lies together by symbol.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The version that this program knows.</summary>
    public const int Version = 2;

    /// <summary>What to set for another file, as the end of a sentence.</summary>
    public const string Remedy = "History:Path to another file";

    // Shards and coverage are in microseconds. The view is for people.
    private static readonly string Creation =
        $"""
        CREATE TABLE symbols (
          id    INTEGER PRIMARY KEY,
          name  TEXT    NOT NULL UNIQUE,
          shard INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX symbols_by_shard ON symbols (shard);
        {Table(CandleInterval.Second, "shard INTEGER NOT NULL,", "shard, open_time, symbol_id")}
        {Table(CandleInterval.Minute, "", "symbol_id, open_time")}
        {Table(CandleInterval.Hour, "", "symbol_id, open_time")}
        {Table(CandleInterval.Day, "", "symbol_id, open_time")}
        CREATE TABLE shards (
          shard        INTEGER PRIMARY KEY,
          epoch        INTEGER NOT NULL,
          seq          INTEGER NOT NULL,
          final_before INTEGER NOT NULL,
          claim        INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE coverage (
          shard     INTEGER NOT NULL,
          from_time INTEGER NOT NULL,
          to_time   INTEGER NOT NULL,
          PRIMARY KEY (shard, from_time)
        ) STRICT, WITHOUT ROWID;
        CREATE VIEW candles AS
        {string.Join("\nUNION ALL\n", CandleIntervals.Kept.Select(Selection))};
        PRAGMA user_version = {Version};
        """;

    private static readonly string[] Upgrades = ["ALTER TABLE shards ADD COLUMN claim INTEGER NOT NULL DEFAULT 0; PRAGMA user_version = 2;"];

    /// <summary>Creates what is missing, and brings an earlier version up to this one. Several processes may do so at once: one changes the tables, the others find them changed.</summary>
    /// <exception cref="HistoryUnavailableException">The schema is of a later version.</exception>
    /// <exception cref="SqliteException">The file can't be read or written.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        if (VersionOf(connection) < Version)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            while (VersionOf(connection) is var version && version < Version)
            {
                using var command = connection.Command(version == 0 ? Creation : Upgrades[version - 1]);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        Check(connection);
    }

    /// <summary>Refuses a schema of another version.</summary>
    /// <exception cref="HistoryUnavailableException">The schema is missing, or of another version.</exception>
    public static void Check(SqliteConnection connection)
    {
        if (VersionOf(connection) is var version && version != Version)
        {
            throw HistoryFaults.OfVersion(version, Version, Remedy);
        }
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.Command("PRAGMA user_version");
        return (long)command.ExecuteScalar()!;
    }

    private static string Table(CandleInterval interval, string shard, string key) =>
        $"""
        CREATE TABLE {CandleTables.Of(interval)} (
          {shard}
          symbol_id    INTEGER NOT NULL,
          open_time    INTEGER NOT NULL,
          open         TEXT    NOT NULL,
          high         TEXT    NOT NULL,
          low          TEXT    NOT NULL,
          close        TEXT    NOT NULL,
          volume       TEXT    NOT NULL,
          quote_volume TEXT    NOT NULL,
          trades       INTEGER NOT NULL,
          first_after  INTEGER NOT NULL,
          last_after   INTEGER NOT NULL,
          epoch        INTEGER NOT NULL,
          seq          INTEGER NOT NULL,
          PRIMARY KEY ({key})
        ) STRICT, WITHOUT ROWID;
        """;

    private static string Selection(CandleInterval interval) =>
        $"""
        SELECT name AS symbol, '{interval.Name()}' AS interval, strftime('%Y-%m-%dT%H:%M:%SZ', open_time, 'unixepoch') AS open_time,
          open, high, low, close, volume, quote_volume, trades
        FROM symbols JOIN {CandleTables.Of(interval)} AS kept
          ON kept.symbol_id = symbols.id{(interval == CandleInterval.Second ? " AND kept.shard = symbols.shard" : "")}
        """;
}
