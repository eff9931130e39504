using Npgsql;
using NpgsqlTypes;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>
/// Writes what shards have, in one transaction and with a statement for each table. All writers take rows in the same order, so that they
/// never wait for each other in a circle. The candles come as arrays: a temporary table for each write would leave the catalog to be cleaned
/// up.
/// </summary>
/// <param name="connection">The connection, for this write alone.</param>
internal sealed class PostgreSqlWriter(NpgsqlConnection connection)
{
    /// <summary>See <see cref="IHistoryStore.ClaimAsync"/>.</summary>
    public static Task<long> ClaimAsync(NpgsqlConnection connection, int shard, CancellationToken cancellationToken) => connection.ReadLongAsync(
        """
        INSERT INTO history.shards AS kept (shard, epoch, seq, final_before, covered, claim) VALUES (@shard, 0, 0, @final, '{}', 1)
        ON CONFLICT (shard) DO UPDATE SET claim = kept.claim + 1
        RETURNING claim
        """,
        cancellationToken,
        ("@shard", shard),
        ("@final", default(DateTimeOffset).UtcDateTime));

    /// <summary>Writes all of it or nothing, but for shards that others have claimed.</summary>
    /// <returns>What was not written.</returns>
    public async Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken)
    {
        var ordered = writes.OrderBy(write => write.Shard).ToList();
        var candles = ordered.SelectMany(write => write.Candles, (write, candle) => (write.Claim, Candle: candle)).ToList();
        await new PostgreSqlPartitions(connection).EnsureAsync([.. candles.Select(candle => candle.Candle)], cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        foreach (var write in ordered)
        {
            batch.BatchCommands.Add(Shard(write));
        }

        batch.BatchCommands.Add(Symbols(writes));
        foreach (var interval in candles.GroupBy(candle => candle.Candle.Interval).OrderBy(group => group.Key))
        {
            batch.BatchCommands.Add(Candles(interval.Key, [.. interval]));
        }

        // A process that is suspended before it commits must not keep its shards from those who go on with them.
        batch.BatchCommands.Add(Command("SET LOCAL idle_in_transaction_session_timeout = '5s'"));
        if (writes.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. ordered.Where((_, index) => batch.BatchCommands[index].RecordsAffected == 0)];
    }

    private static NpgsqlBatchCommand Shard(ShardWrite write) => Command(
        """
        INSERT INTO history.shards AS kept (shard, epoch, seq, final_before, covered, claim) VALUES (@shard, @epoch, @seq, @final, @covered, @claim)
        ON CONFLICT (shard) DO UPDATE SET
          epoch = greatest(kept.epoch, excluded.epoch),
          seq = CASE WHEN (excluded.epoch, excluded.seq) > (kept.epoch, kept.seq) THEN excluded.seq ELSE kept.seq END,
          final_before = CASE WHEN (excluded.epoch, excluded.seq) > (kept.epoch, kept.seq) THEN excluded.final_before ELSE kept.final_before END,
          covered = kept.covered + excluded.covered
        WHERE excluded.claim = 0 OR excluded.claim = kept.claim
        """,
        ("@shard", write.Shard),
        ("@epoch", write.Position.Epoch),
        ("@seq", write.Position.Seq),
        ("@final", write.FinalBefore.UtcDateTime),
        ("@covered", Ranges(write)),
        ("@claim", write.Claim));

    private static NpgsqlParameter Ranges(ShardWrite write) => new()
    {
        NpgsqlDbType = NpgsqlDbType.TimestampTzMultirange,
        Value = write.Covered.Where(range => range.From < range.To)
            .Select(range => new NpgsqlRange<DateTime>(range.From.UtcDateTime, true, range.To.UtcDateTime, false)).ToArray(),
    };

    private static NpgsqlBatchCommand Symbols(IReadOnlyCollection<ShardWrite> writes)
    {
        var symbols = writes.SelectMany(write => write.Candles.Select(candle => (candle.Symbol, write.Shard))).Distinct().ToList();
        return Command(
            """
            INSERT INTO history.symbols (name, shard)
            SELECT given.name, given.shard FROM unnest(@names, @shards) AS given (name, shard)
            WHERE NOT EXISTS (SELECT 1 FROM history.symbols WHERE symbols.name = given.name)
            ORDER BY given.name COLLATE "C"
            ON CONFLICT (name) DO NOTHING
            """,
            ("@names", symbols.Select(symbol => symbol.Symbol).ToArray()),
            ("@shards", symbols.Select(symbol => symbol.Shard).ToArray()));
    }

    private static NpgsqlBatchCommand Candles(CandleInterval interval, (long Claim, SymbolCandle Candle)[] candles)
    {
        T[] All<T>(Func<Candle, T> value) => Array.ConvertAll(candles, candle => value(candle.Candle.Candle));
        return Command(
            $"""
            INSERT INTO history.{CandleTables.Of(interval)} AS kept
              (symbol_id, open_time, open, high, low, close, volume, quote_volume, trades, first_at, last_at, epoch, seq)
            SELECT DISTINCT ON (id, open_time) id, open_time, open, high, low, close, volume, quote_volume, trades, first_at, last_at, given.epoch, given.seq
            FROM unnest(@symbols, @times, @opens, @highs, @lows, @closes, @volumes, @quotes, @trades, @firsts, @lasts, @epochs, @seqs, @claims)
              AS given (symbol, open_time, open, high, low, close, volume, quote_volume, trades, first_at, last_at, epoch, seq, claim)
            JOIN history.symbols ON symbols.name = given.symbol
            JOIN history.shards AS written ON written.shard = symbols.shard AND (given.claim = 0 OR given.claim = written.claim)
            ORDER BY id, open_time, given.epoch DESC, given.seq DESC
            ON CONFLICT (symbol_id, open_time) DO UPDATE SET
              open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
              quote_volume = excluded.quote_volume, trades = excluded.trades, first_at = excluded.first_at, last_at = excluded.last_at,
              epoch = excluded.epoch, seq = excluded.seq
            WHERE (excluded.epoch, excluded.seq) >= (kept.epoch, kept.seq)
            """,
            ("@symbols", Array.ConvertAll(candles, candle => candle.Candle.Symbol)),
            ("@times", All(candle => candle.OpenTime.UtcDateTime)),
            ("@opens", All(candle => candle.Open)),
            ("@highs", All(candle => candle.High)),
            ("@lows", All(candle => candle.Low)),
            ("@closes", All(candle => candle.Close)),
            ("@volumes", All(candle => candle.Volume)),
            ("@quotes", All(candle => candle.QuoteVolume)),
            ("@trades", All(candle => candle.Trades)),
            ("@firsts", All(candle => candle.FirstAt.UtcDateTime)),
            ("@lasts", All(candle => candle.LastAt.UtcDateTime)),
            ("@epochs", All(candle => candle.ChangedAt.Epoch)),
            ("@seqs", All(candle => candle.ChangedAt.Seq)),
            ("@claims", Array.ConvertAll(candles, candle => candle.Claim)));
    }

    private static NpgsqlBatchCommand Command(string sql, params (string Name, object Value)[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            var parameter = value as NpgsqlParameter ?? new NpgsqlParameter { Value = value };
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
