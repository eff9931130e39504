using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>Reads what is kept.</summary>
/// <param name="connection">The connection, for this reading alone.</param>
internal sealed class SqliteReader(SqliteConnection connection)
{
    /// <summary>Reads what is known of a shard, with the candles from these open times on, as <see cref="IHistoryStore.LoadAsync"/> says.</summary>
    public ShardHistory Load(int shard, DateTimeOffset madeUntil, params ReadOnlySpan<(CandleInterval Interval, DateTimeOffset From)> wanted)
    {
        using var transaction = connection.BeginTransaction(deferred: true); // All of it as it was at one time.
        var (position, finalBefore) = ReadShard(shard);
        var symbols = ReadSymbols("WHERE shard = @shard", ("@shard", shard));
        var candles = symbols.ToDictionary(symbol => symbol.Id, _ => new List<SymbolCandle>());
        foreach (var (interval, from) in wanted)
        {
            if (interval == CandleInterval.Second)
            {
                ReadSeconds(shard, from, madeUntil, symbols.ToDictionary(symbol => symbol.Id, symbol => symbol.Name), candles);
            }
            else
            {
                foreach (var symbol in symbols)
                {
                    candles[symbol.Id].AddRange(
                        Read(symbol, interval, new TimeRange(from, DateTimeOffset.MaxValue), int.MaxValue, isNewest: false, madeUntil)
                            .Select(candle => new SymbolCandle(symbol.Name, interval, candle)));
                }
            }
        }

        return new ShardHistory(position, finalBefore, ReadCoverage(shard), [.. symbols.SelectMany(symbol => candles[symbol.Id])]);
    }

    /// <summary>Reads candles of a symbol, in the order of time.</summary>
    public List<Candle> Read(SqliteSymbol symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest) =>
        Read(symbol, interval, range, limit, isNewest, DateTimeOffset.MaxValue);

    private List<Candle> Read(SqliteSymbol symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, DateTimeOffset madeUntil)
    {
        var shard = interval == CandleInterval.Second ? "shard = @shard AND " : "";
        using var command = connection.Command(
            $"""
            SELECT {SqliteRows.Columns} FROM {CandleTables.Of(interval)}
            WHERE {shard}symbol_id = @symbol AND open_time >= @from AND open_time < @to AND (open_time < @until OR epoch = 0)
            ORDER BY open_time {(isNewest ? "DESC" : "ASC")} LIMIT @limit
            """,
            ("@symbol", symbol.Id),
            ("@from", CandleTables.FirstSecond(range.From)),
            ("@to", CandleTables.FirstSecond(range.To)),
            ("@until", CandleTables.FirstSecond(madeUntil)),
            ("@limit", limit),
            ("@shard", symbol.Shard));
        var candles = SqliteRows.ReadAll(command, expected: limit > CandleQuery.MaxLimit + 1 ? 0 : limit);
        if (isNewest)
        {
            candles.Reverse();
        }

        return candles;
    }

    /// <summary>Finds symbols, ordered by name.</summary>
    /// <param name="condition">Which ones, in SQL.</param>
    /// <param name="parameters">The condition's parameters.</param>
    public List<SqliteSymbol> ReadSymbols(string condition, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command($"SELECT id, name, shard FROM symbols {condition} ORDER BY name", parameters);
        using var row = command.ExecuteReader();
        var symbols = new List<SqliteSymbol>();
        while (row.Read())
        {
            symbols.Add(new SqliteSymbol(row.GetInt64(0), row.GetString(1), row.GetInt64(2)));
        }

        return symbols;
    }

    private (CandlePosition Position, DateTimeOffset FinalBefore) ReadShard(int shard)
    {
        using var command = connection.Command("SELECT epoch, seq, final_before FROM shards WHERE shard = @shard", ("@shard", shard));
        using var row = command.ExecuteReader();
        return row.Read() ? (new CandlePosition(row.GetInt64(0), row.GetInt64(1)), CandleTables.Time(row.GetInt64(2))) : default;
    }

    private ImmutableArray<TimeRange> ReadCoverage(int shard)
    {
        using var command = connection.Command(
            "SELECT from_time, to_time FROM coverage WHERE shard = @shard ORDER BY from_time", ("@shard", shard));
        using var row = command.ExecuteReader();
        var ranges = ImmutableArray.CreateBuilder<TimeRange>();
        while (row.Read())
        {
            ranges.Add(new TimeRange(CandleTables.Time(row.GetInt64(0)), CandleTables.Time(row.GetInt64(1))));
        }

        return ranges.ToImmutable();
    }

    private void ReadSeconds(int shard, DateTimeOffset from, DateTimeOffset madeUntil, Dictionary<long, string> names, Dictionary<long, List<SymbolCandle>> candles)
    {
        using var command = connection.Command(
            $"SELECT {SqliteRows.Columns}, symbol_id FROM seconds WHERE shard = @shard AND open_time >= @from AND (open_time < @until OR epoch = 0) ORDER BY open_time",
            ("@shard", shard),
            ("@from", CandleTables.FirstSecond(from)),
            ("@until", CandleTables.FirstSecond(madeUntil)));
        using var row = command.ExecuteReader();
        var symbolColumn = row.FieldCount - 1;
        while (row.Read())
        {
            var id = row.GetInt64(symbolColumn);
            candles[id].Add(new SymbolCandle(names[id], CandleInterval.Second, SqliteRows.Read(row)));
        }
    }
}
