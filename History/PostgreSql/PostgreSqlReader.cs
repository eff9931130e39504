using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>Reads what is kept.</summary>
/// <param name="connection">The connection, for this reading alone.</param>
internal sealed class PostgreSqlReader(NpgsqlConnection connection)
{
    private const string Columns =
        "open_time, open, high, low, close, volume, quote_volume, trades, first_at, last_at, epoch, seq";

    /// <summary>Reads what is known of a shard, with the candles from these open times on, as <see cref="IHistoryStore.LoadAsync"/> says.</summary>
    public async Task<ShardHistory> LoadAsync(
        int shard, (CandleInterval Interval, DateTimeOffset From)[] wanted, DateTimeOffset madeUntil, CancellationToken cancellationToken)
    {
        // All of it as it was at one time.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var known = await connection.ReadAsync(
            "SELECT epoch, seq, final_before, covered FROM history.shards WHERE shard = @shard",
            row => (At: new CandlePosition(row.GetInt64(0), row.GetInt64(1)), Final: Time(row, 2), Covered: Ranges(row, 3)),
            cancellationToken,
            ("@shard", shard));
        var candles = new SortedDictionary<string, List<SymbolCandle>>(StringComparer.Ordinal);
        foreach (var (interval, from) in wanted)
        {
            await using var command = connection.Command(
                $"""
                SELECT {Columns}, name FROM history.symbols JOIN history.{CandleTables.Of(interval)} ON symbol_id = id
                WHERE shard = @shard AND open_time >= @from AND (open_time < @until OR epoch = 0) ORDER BY symbol_id, open_time
                """,
                ("@shard", shard),
                ("@from", from.UtcDateTime),
                ("@until", madeUntil.UtcDateTime));
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                var symbol = row.GetString(12);
                if (!candles.TryGetValue(symbol, out var ofSymbol))
                {
                    candles[symbol] = ofSymbol = [];
                }

                ofSymbol.Add(new SymbolCandle(ofSymbol.Count > 0 ? ofSymbol[0].Symbol : symbol, interval, Read(row)));
            }
        }

        var (at, final, covered) = known.Count > 0 ? known[0] : (default, default, []);
        return new ShardHistory(at, final, covered, [.. candles.Values.SelectMany(ofSymbol => ofSymbol)]);
    }

    /// <summary>Reads candles of a symbol, in the order of time.</summary>
    public async Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken)
    {
        var candles = await connection.ReadAsync(
            $"""
            SELECT {Columns} FROM history.{CandleTables.Of(interval)}
            WHERE symbol_id = (SELECT id FROM history.symbols WHERE name = @symbol) AND open_time >= @from AND open_time < @to
            ORDER BY open_time {(isNewest ? "DESC" : "ASC")} LIMIT @limit
            """,
            Read,
            cancellationToken,
            ("@symbol", symbol),
            ("@from", range.From.UtcDateTime),
            ("@to", range.To.UtcDateTime),
            ("@limit", limit));
        return isNewest ? [.. candles.Reverse()] : candles;
    }

    /// <summary>The names of all symbols, in order.</summary>
    public Task<IReadOnlyList<string>> ReadSymbolsAsync(CancellationToken cancellationToken) =>
        connection.ReadAsync("SELECT name FROM history.symbols ORDER BY name", row => row.GetString(0), cancellationToken);

    /// <summary>What there is of an interval.</summary>
    public async Task<IntervalStats> CountAsync(CandleInterval interval, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT count(*), min(open_time), max(open_time) FROM history.{CandleTables.Of(interval)}",
            row => new IntervalStats(
                interval, row.GetInt64(0), row.IsDBNull(1) ? null : Time(row, 1), row.IsDBNull(2) ? null : Time(row, 2)),
            cancellationToken))[0];

    /// <summary>How many symbols have candles.</summary>
    public Task<long> CountSymbolsAsync(CancellationToken cancellationToken) => connection.ReadLongAsync(
        $"SELECT count(*) FROM history.symbols WHERE {string.Join(" OR ", CandleIntervals.Kept.Select(interval =>
            $"EXISTS (SELECT 1 FROM history.{CandleTables.Of(interval)} WHERE symbol_id = id)"))}",
        cancellationToken);

    /// <summary>How much room all tables take, in bytes.</summary>
    public Task<long> MeasureAsync(CancellationToken cancellationToken) => connection.ReadLongAsync(
        """
        SELECT COALESCE(sum(pg_total_relation_size(pg_class.oid)), 0)::BIGINT
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'history' AND relkind = 'r'
        """,
        cancellationToken);

    private static Candle Read(DbDataReader row) => new()
    {
        OpenTime = Time(row, 0),
        Open = row.GetDecimal(1),
        High = row.GetDecimal(2),
        Low = row.GetDecimal(3),
        Close = row.GetDecimal(4),
        Volume = row.GetDecimal(5),
        QuoteVolume = row.GetDecimal(6),
        Trades = row.GetInt64(7),
        FirstAt = Time(row, 8),
        LastAt = Time(row, 9),
        ChangedAt = new CandlePosition(row.GetInt64(10), row.GetInt64(11)),
    };

    private static DateTimeOffset Time(DbDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    private static ImmutableArray<TimeRange> Ranges(DbDataReader row, int column) =>
    [
        .. row.GetFieldValue<NpgsqlRange<DateTime>[]>(column).Select(range =>
            new TimeRange(new DateTimeOffset(range.LowerBound, TimeSpan.Zero), new DateTimeOffset(range.UpperBound, TimeSpan.Zero))),
    ];
}
