using System.Runtime.CompilerServices;
using OrleansTicker.Grains.Interfaces.Candles;
using Parquet;
using Parquet.Schema;

namespace OrleansTicker.History.Formats;

/// <summary>
/// Apache Parquet. Numbers are DECIMAL(38, 18), the widest type that has an exact sum in DuckDB, and which holds 20 digits before the point
/// and 18 behind it; what has more behind it is rounded. Times are timestamps of UTC in microseconds.
/// </summary>
internal sealed class ParquetFormat : ICandleFormat
{
    private const int Precision = 38;
    private const int Scale = 18;
    private const decimal Largest = 100_000_000_000_000_000_000m;

    /// <summary>How many candles are written, and kept in memory, at a time.</summary>
    private const int GroupSize = 50_000;

    private static readonly DataField Symbol = new DataField<string>(CandleColumns.Symbol, nullable: false);
    private static readonly DataField Interval = new DataField<string>(CandleColumns.Interval, nullable: false);
    private static readonly DataField OpenTime = new DateTimeDataField(
        CandleColumns.OpenTime, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: false);

    private static readonly (DataField Field, Func<Candle, decimal> Value)[] Numbers =
    [
        (Number(CandleColumns.Open), candle => candle.Open),
        (Number(CandleColumns.High), candle => candle.High),
        (Number(CandleColumns.Low), candle => candle.Low),
        (Number(CandleColumns.Close), candle => candle.Close),
        (Number(CandleColumns.Volume), candle => candle.Volume),
        (Number(CandleColumns.QuoteVolume), candle => candle.QuoteVolume),
    ];

    private static readonly DataField Trades = new DataField<long>(CandleColumns.Trades, nullable: false);

    private static readonly ParquetSchema Schema = new([Symbol, Interval, OpenTime, .. Numbers.Select(number => number.Field), Trades]);

    /// <inheritdoc/>
    public string Name => "parquet";

    /// <inheritdoc/>
    public string MediaType => "application/vnd.apache.parquet";

    /// <inheritdoc/>
    public async Task<long> WriteAsync(IAsyncEnumerable<SymbolCandle> candles, Stream stream, CancellationToken cancellationToken)
    {
        await using var output = new ForwardStream(stream);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        var count = 0L;
        await using (var writer = await ParquetWriter.CreateAsync(Schema, output, options, cancellationToken: cancellationToken))
        {
            await foreach (var group in candles.Chunk(GroupSize).WithCancellation(cancellationToken))
            {
                await WriteGroupAsync(writer, group, cancellationToken);
                await output.ForwardAsync(cancellationToken);
                count += group.Length;
            }
        }

        await output.ForwardAsync(cancellationToken);
        return count;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CandleRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(stream, cancellationToken);
        var number = 0L;
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            foreach (var row in await new ParquetRows(reader.Schema, group).ReadAsync(number, cancellationToken))
            {
                number++;
                yield return row;
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        ParquetReader reader;
        try
        {
            reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidDataException($"The file is not in the format Parquet, or is damaged: {exception.Message}", exception);
        }

        ParquetRows.Check(reader.Schema);
        return reader;
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, SymbolCandle[] candles, CancellationToken cancellationToken)
    {
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(Symbol, Array.ConvertAll(candles, candle => candle.Symbol));
        await group.WriteAsync(Interval, Array.ConvertAll(candles, candle => candle.Interval.Name()));
        await WriteAsync(OpenTime, candle => candle.Candle.OpenTime.UtcDateTime);
        foreach (var (field, value) in Numbers)
        {
            await WriteAsync(field, candle => Fit(value(candle.Candle), field, candle));
        }

        await WriteAsync(Trades, candle => candle.Candle.Trades);
        group.CompleteValidate();

        Task WriteAsync<T>(DataField field, Converter<SymbolCandle, T> value)
            where T : struct => group.WriteAsync<T>(field, Array.ConvertAll(candles, value), cancellationToken: cancellationToken);
    }

    private static decimal Fit(decimal number, DataField field, in SymbolCandle candle)
    {
        var fitting = number.Scale > Scale ? decimal.Round(number, Scale) : number;
        return decimal.Abs(fitting) < Largest
            ? fitting
            : throw new InvalidDataException(
                $"{field.Name} of {candle.Symbol}, {candle.Interval.Name()} at {candle.Candle.OpenTime:u} has more than " +
                $"{Precision - Scale} digits before the point");
    }

    private static DecimalDataField Number(string name) => new(name, Precision, Scale, isNullable: false);
}
