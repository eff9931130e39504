using System.Data.Common;
using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>Writes what shards have, in one transaction.</summary>
/// <param name="connection">The connection, for this write alone.</param>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<CandleInterval, SqliteCommand> _upserts = [];
    private readonly Dictionary<string, long> _ids = [];
    private DbCommand? _findSymbol;

    /// <summary>See <see cref="IHistoryStore.ClaimAsync"/>.</summary>
    public static long Claim(SqliteConnection connection, int shard)
    {
        using var command = connection.Command(
            """
            INSERT INTO shards AS kept (shard, epoch, seq, final_before, claim) VALUES (@shard, 0, 0, @final, 1)
            ON CONFLICT (shard) DO UPDATE SET claim = kept.claim + 1
            RETURNING claim
            """,
            ("@shard", shard),
            ("@final", CandleTables.Microseconds(default)));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Writes all of it or nothing, but for shards that others have claimed.</summary>
    /// <returns>What was not written.</returns>
    public IReadOnlyCollection<ShardWrite> Write(IReadOnlyCollection<ShardWrite> writes)
    {
        List<ShardWrite> refused = [];
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var write in writes)
        {
            if (!TryWriteShard(write))
            {
                refused.Add(write);
                continue;
            }

            foreach (var (symbol, interval, candle) in write.Candles)
            {
                SqliteRows.Upsert(UpsertOf(interval), write.Shard, IdOf(symbol, write.Shard), candle);
            }

            WriteCoverage(write);
        }

        transaction.Commit();
        return refused;
    }

    /// <summary>Ends its commands.</summary>
    public void Dispose()
    {
        _findSymbol?.Dispose();
        foreach (var upsert in _upserts.Values)
        {
            upsert.Dispose();
        }
    }

    private SqliteCommand UpsertOf(CandleInterval interval)
    {
        if (!_upserts.TryGetValue(interval, out var upsert))
        {
            _upserts[interval] = upsert = SqliteRows.CreateUpsert(connection, interval);
        }

        return upsert;
    }

    private long IdOf(string symbol, int shard)
    {
        if (!_ids.TryGetValue(symbol, out var id))
        {
            _findSymbol ??= connection.Command("SELECT id FROM symbols WHERE name = @name", ("@name", symbol));
            _findSymbol.Parameters[0].Value = symbol;
            _ids[symbol] = id = (long)(_findSymbol.ExecuteScalar() ?? Add(symbol, shard));
        }

        return id;
    }

    private object Add(string symbol, int shard)
    {
        using var command = connection.Command(
            "INSERT INTO symbols (name, shard) VALUES (@name, @shard) RETURNING id", ("@name", symbol), ("@shard", shard));
        return command.ExecuteScalar()!;
    }

    /// <returns>Whether nobody has claimed the shard since.</returns>
    private bool TryWriteShard(ShardWrite write)
    {
        using var command = connection.Command(
            """
            INSERT INTO shards AS kept (shard, epoch, seq, final_before, claim) VALUES (@shard, @epoch, @seq, @final, @claim)
            ON CONFLICT (shard) DO UPDATE SET
              epoch = max(kept.epoch, excluded.epoch),
              seq = CASE WHEN (excluded.epoch, excluded.seq) > (kept.epoch, kept.seq) THEN excluded.seq ELSE kept.seq END,
              final_before = CASE WHEN (excluded.epoch, excluded.seq) > (kept.epoch, kept.seq) THEN excluded.final_before ELSE kept.final_before END
            WHERE excluded.claim = 0 OR excluded.claim = kept.claim
            """,
            ("@shard", write.Shard),
            ("@epoch", write.Position.Epoch),
            ("@seq", write.Position.Seq),
            ("@final", CandleTables.Microseconds(write.FinalBefore)),
            ("@claim", write.Claim));
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Replaces the ranges that the new ones touch by what they are together, so that there are only as many as there were gaps.</summary>
    private void WriteCoverage(ShardWrite write)
    {
        foreach (var range in TimeRanges.Join(write.Covered))
        {
            (string, object?)[] touched =
                [("@shard", write.Shard), ("@from", CandleTables.Microseconds(range.From)), ("@to", CandleTables.Microseconds(range.To))];
            using var command = connection.Command(
                """
                INSERT INTO coverage (shard, from_time, to_time)
                SELECT @shard, min(from_time, @from), max(to_time, @to) FROM (
                  SELECT COALESCE(min(from_time), @from) AS from_time, COALESCE(max(to_time), @to) AS to_time
                  FROM coverage WHERE shard = @shard AND from_time <= @to AND to_time >= @from) WHERE true
                ON CONFLICT (shard, from_time) DO UPDATE SET to_time = excluded.to_time;
                DELETE FROM coverage WHERE shard = @shard AND from_time <= @to AND to_time >= @from AND from_time > (
                  SELECT min(from_time) FROM coverage WHERE shard = @shard AND from_time <= @to AND to_time >= @from);
                """,
                touched);
            command.ExecuteNonQuery();
        }
    }
}
