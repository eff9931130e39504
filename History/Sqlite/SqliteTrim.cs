using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>Deletes candles from the oldest on, a few at a time. The room that they leave is used for later ones.</summary>
/// <param name="connection">The connection, for this work alone.</param>
internal sealed class SqliteTrim(SqliteConnection connection)
{
    /// <summary>How many candles are deleted in one transaction, and how many of one symbol, or of one shard's seconds, at a time.</summary>
    private const int Most = 5_000;
    private const int Slice = 500;

    /// <summary>Deletes some.</summary>
    /// <param name="limits">The open time before which the candles of an interval may go.</param>
    /// <returns>Whether there are more.</returns>
    public bool Trim(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var rest = Most;
        var hasMore = false;
        foreach (var interval in CandleIntervals.Kept)
        {
            if (limits.TryGetValue(interval, out var limit))
            {
                hasMore |= Trim(interval, CandleTables.FirstSecond(limit), ref rest);
            }
        }

        if (CandleIntervals.Kept.All(limits.ContainsKey))
        {
            using var command = connection.Command(
                "DELETE FROM coverage WHERE to_time <= @limit", ("@limit", CandleTables.Microseconds(limits.Values.Min())));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return hasMore;
    }

    private bool Trim(CandleInterval interval, long limit, ref int rest)
    {
        var (groups, column) = interval == CandleInterval.Second
            ? ("SELECT DISTINCT shard FROM symbols", "shard")
            : ("SELECT id FROM symbols", "symbol_id");

        // Of a second of several symbols all are deleted, so that may be a few more than the slice.
        using var delete = connection.Command(
            $"""
            DELETE FROM {CandleTables.Of(interval)} WHERE {column} = @group AND open_time <= COALESCE(
              (SELECT open_time FROM {CandleTables.Of(interval)} WHERE {column} = @group AND open_time < @limit
               ORDER BY open_time LIMIT 1 OFFSET {Slice - 1}),
              @limit - 1)
            """,
            ("@group", 0L),
            ("@limit", limit));
        var hasMore = false;
        foreach (var group in ReadGroups(groups))
        {
            if (rest <= 0)
            {
                return true;
            }

            delete.Parameters[0].Value = group;
            var deleted = delete.ExecuteNonQuery();
            rest -= deleted;
            hasMore |= deleted >= Slice;
        }

        return hasMore;
    }

    private List<long> ReadGroups(string sql)
    {
        using var command = connection.Command(sql);
        using var row = command.ExecuteReader();
        var groups = new List<long>();
        while (row.Read())
        {
            groups.Add(row.GetInt64(0));
        }

        return groups;
    }
}
