using OrleansTicker.Grains.Interfaces.Candles;
using Parquet;
using Parquet.Schema;

namespace OrleansTicker.History.Formats;

/// <summary>Reads candles from a row group, whose columns may be nullable, as other programs write them.</summary>
/// <param name="schema">The schema of the file.</param>
/// <param name="group">The row group.</param>
internal sealed class ParquetRows(ParquetSchema schema, ParquetRowGroupReader group)
{
    private static readonly string[] NumberColumns =
        [CandleColumns.Open, CandleColumns.High, CandleColumns.Low, CandleColumns.Close, CandleColumns.Volume, CandleColumns.QuoteVolume];

    /// <summary>Refuses a file without the columns of candles.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or of another type.</exception>
    public static void Check(ParquetSchema schema)
    {
        foreach (var column in CandleColumns.All)
        {
            var field = Find(schema, column) ?? throw new InvalidDataException($"The file has no column {column}");
            var (type, name) = column switch
            {
                CandleColumns.Symbol or CandleColumns.Interval => (typeof(ReadOnlyMemory<char>), "a text"),
                CandleColumns.OpenTime => (typeof(DateTime), "a timestamp"),
                CandleColumns.Trades => (typeof(long), "a whole number of 64 bits"),
                _ => (typeof(decimal), "a decimal, such as DECIMAL(38, 18)"),
            };
            if (field.ClrType != type && !(field.ClrType == typeof(string) && type == typeof(ReadOnlyMemory<char>)))
            {
                throw new InvalidDataException($"The column {column} has to be {name}");
            }
        }
    }

    /// <summary>Reads all rows of the group.</summary>
    /// <param name="before">How many rows the groups before have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<IReadOnlyList<CandleRow>> ReadAsync(long before, CancellationToken cancellationToken)
    {
        try
        {
            var symbols = await TextAsync(CandleColumns.Symbol, cancellationToken);
            var intervals = await TextAsync(CandleColumns.Interval, cancellationToken);
            var times = await ValuesAsync<DateTime>(CandleColumns.OpenTime, cancellationToken);
            var trades = await ValuesAsync<long>(CandleColumns.Trades, cancellationToken);
            var numbers = new decimal?[NumberColumns.Length][];
            for (var index = 0; index < numbers.Length; index++)
            {
                numbers[index] = await ValuesAsync<decimal>(NumberColumns[index], cancellationToken);
            }

            return
            [
                .. symbols.Select((symbol, row) =>
                    Of(before + row + 1, symbol, intervals[row], times[row], trades[row], [.. numbers.Select(column => column[row])])),
            ];
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InvalidDataException))
        {
            throw new InvalidDataException($"The file is damaged after row {before}: {exception.Message}", exception);
        }
    }

    private static DataField? Find(ParquetSchema schema, string column) =>
        Array.Find(schema.DataFields, field => string.Equals(field.Name, column, StringComparison.Ordinal));

    private static CandleRow Of(long number, string? symbol, string? interval, DateTime? time, long? trades, decimal?[] numbers)
    {
        if (symbol is null || interval is null || time is null || trades is null || numbers.Contains(null))
        {
            return RowCandle.Wrong(number, "a value is missing");
        }

        var openTime = new DateTimeOffset(DateTime.SpecifyKind(time.Value, DateTimeKind.Utc));
        return RowCandle.Of(number, symbol, interval, new Candle
        {
            OpenTime = openTime, Open = numbers[0]!.Value, High = numbers[1]!.Value, Low = numbers[2]!.Value, Close = numbers[3]!.Value,
            Volume = numbers[4]!.Value, QuoteVolume = numbers[5]!.Value, Trades = trades.Value, FirstAt = openTime, LastAt = openTime,
        });
    }

    private async Task<string?[]> TextAsync(string column, CancellationToken cancellationToken)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(Find(schema, column)!, values.AsMemory(), cancellationToken: cancellationToken);
        return values;
    }

    private async Task<T?[]> ValuesAsync<T>(string column, CancellationToken cancellationToken)
        where T : struct
    {
        var field = Find(schema, column)!;
        if (field.IsNullable)
        {
            var nullable = new T?[group.RowCount];
            await group.ReadAsync(field, nullable.AsMemory(), cancellationToken: cancellationToken);
            return nullable;
        }

        var values = new T[group.RowCount];
        await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellationToken);
        return Array.ConvertAll(values, value => (T?)value);
    }
}
