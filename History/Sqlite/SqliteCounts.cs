using System.Data.Common;
using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>Counts what is kept.</summary>
internal static class SqliteCounts
{
    /// <summary>How many symbols have candles.</summary>
    public static int ReadSymbols(SqliteConnection connection)
    {
        using var command = connection.Command(
            """
            SELECT count(*) FROM symbols
            WHERE EXISTS (SELECT 1 FROM minutes WHERE symbol_id = id)
              OR EXISTS (SELECT 1 FROM hours WHERE symbol_id = id)
              OR EXISTS (SELECT 1 FROM days WHERE symbol_id = id)
              OR EXISTS (SELECT 1 FROM seconds WHERE seconds.shard = symbols.shard AND symbol_id = id)
            """);
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <summary>What there is of an interval.</summary>
    public static IntervalStats Read(SqliteConnection connection, CandleInterval interval)
    {
        var table = CandleTables.Of(interval);
        var (groups, column) = interval == CandleInterval.Second
            ? ("(SELECT DISTINCT shard AS id FROM symbols)", "shard")
            : ("symbols", "symbol_id");
        using var command = connection.Command(
            $"""
            SELECT (SELECT count(*) FROM {table}), min((SELECT min(open_time) FROM {table} WHERE {column} = groups.id)),
              max((SELECT max(open_time) FROM {table} WHERE {column} = groups.id))
            FROM {groups} AS groups
            """);
        using var row = command.ExecuteReader();
        row.Read();
        return new IntervalStats(interval, row.GetInt64(0), Time(row, 1), Time(row, 2));
    }

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(column));
}
