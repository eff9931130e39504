using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>Reads and writes candles as rows.</summary>
internal static class SqliteRows
{
    /// <summary>What to select: the open time, and then the other columns.</summary>
    public const string Columns = $"open_time, {CandleTables.Values}";

    private static readonly string[] Parameters =
    [
        "@symbol", "@time", "@open", "@high", "@low", "@close", "@volume", "@quote", "@trades", "@first", "@last", "@epoch", "@seq",
    ];

    /// <summary>Reads a candle from a row of <see cref="Columns"/>.</summary>
    /// <exception cref="InvalidDataException">The row is no candle: a file may be damaged where SQLite does not notice.</exception>
    public static Candle Read(DbDataReader row)
    {
        try
        {
            return ReadValues(row);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("the file holds something that is no candle", exception);
        }
    }

    /// <summary>Reads all candles that a command selects.</summary>
    /// <param name="command">The command.</param>
    /// <param name="expected">How many are expected, so that the list need not grow and leave large arrays behind.</param>
    public static List<Candle> ReadAll(DbCommand command, int expected)
    {
        using var row = command.ExecuteReader();
        var candles = new List<Candle>(expected);
        while (row.Read())
        {
            candles.Add(Read(row));
        }

        return candles;
    }

    /// <summary>Creates the command that writes a candle unless there is a newer one.</summary>
    public static SqliteCommand CreateUpsert(SqliteConnection connection, CandleInterval interval)
    {
        var isByShard = interval == CandleInterval.Second;
        var command = (SqliteCommand)connection.Command(
            $"""
            INSERT INTO {CandleTables.Of(interval)} AS kept ({(isByShard ? "shard, " : "")}symbol_id, {Columns})
            VALUES ({(isByShard ? "@shard, " : "")}{string.Join(", ", Parameters)})
            ON CONFLICT ({(isByShard ? "shard, " : "")}symbol_id, open_time) DO UPDATE SET
              open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
              quote_volume = excluded.quote_volume, trades = excluded.trades, first_after = excluded.first_after,
              last_after = excluded.last_after, epoch = excluded.epoch, seq = excluded.seq
            WHERE (excluded.epoch, excluded.seq) >= (kept.epoch, kept.seq)
            """);
        foreach (var name in isByShard ? [.. Parameters, "@shard"] : Parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Prepare();
        return command;
    }

    /// <summary>Runs the command of <see cref="CreateUpsert"/>.</summary>
    public static void Upsert(SqliteCommand upsert, int shard, long symbol, in Candle candle)
    {
        var values = upsert.Parameters;
        values[0].Value = symbol;
        values[1].Value = candle.OpenTime.ToUnixTimeSeconds();
        values[2].Value = Text(candle.Open);
        values[3].Value = Text(candle.High);
        values[4].Value = Text(candle.Low);
        values[5].Value = Text(candle.Close);
        values[6].Value = Text(candle.Volume);
        values[7].Value = Text(candle.QuoteVolume);
        values[8].Value = candle.Trades;
        values[9].Value = CandleTables.Microseconds(candle.FirstAt) - CandleTables.Microseconds(candle.OpenTime);
        values[10].Value = CandleTables.Microseconds(candle.LastAt) - CandleTables.Microseconds(candle.OpenTime);
        values[11].Value = candle.ChangedAt.Epoch;
        values[12].Value = candle.ChangedAt.Seq;
        if (values.Count > Parameters.Length)
        {
            values[Parameters.Length].Value = (long)shard;
        }

        upsert.ExecuteNonQuery();
    }

    private static Candle ReadValues(DbDataReader row)
    {
        var openTime = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0));
        return new Candle
        {
            OpenTime = openTime,
            Open = Number(row, 1),
            High = Number(row, 2),
            Low = Number(row, 3),
            Close = Number(row, 4),
            Volume = Number(row, 5),
            QuoteVolume = Number(row, 6),
            Trades = row.GetInt64(7),
            FirstAt = openTime.AddMicroseconds(row.GetInt64(8)),
            LastAt = openTime.AddMicroseconds(row.GetInt64(9)),
            ChangedAt = new CandlePosition(row.GetInt64(10), row.GetInt64(11)),
        };
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static decimal Number(DbDataReader row, int column) =>
        decimal.Parse(row.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);
}
