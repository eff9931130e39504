using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Formats;

/// <summary>CSV as in RFC 4180, with a header, in UTF-8. Times are ISO 8601 in UTC, and numbers have all of their digits.</summary>
internal sealed class CsvFormat : ICandleFormat
{
    private const int FlushBytes = 65_536;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string MediaType => "text/csv";

    /// <inheritdoc/>
    public async Task<long> WriteAsync(IAsyncEnumerable<SymbolCandle> candles, Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * FlushBytes);
        Encoding.UTF8.GetBytes(string.Join(',', CandleColumns.All) + "\r\n", buffer);
        var count = 0L;
        await foreach (var (symbol, interval, candle) in candles.WithCancellation(cancellationToken))
        {
            var (name, time) = (interval.Name(), candle.OpenTime.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Quote(symbol)},{name},{time},{candle.Open},{candle.High},{candle.Low},")
                + string.Create(CultureInfo.InvariantCulture, $"{candle.Close},{candle.Volume},{candle.QuoteVolume},{candle.Trades}\r\n"),
                buffer);
            count++;
            if (buffer.WrittenCount >= FlushBytes)
            {
                await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        return count;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CandleRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        int[]? places = null;
        await foreach (var record in new CsvRecords(text).ReadAsync(cancellationToken))
        {
            if (places is null)
            {
                places = PlacesOf(record.Fields);
            }
            else
            {
                yield return record.Error is { } error ? RowCandle.Wrong(record.Line, error) : Read(record, places);
            }
        }

        if (places is null)
        {
            throw new InvalidDataException("The file is empty: its first line has to name the columns");
        }
    }

    private static int[] PlacesOf(IReadOnlyList<string> header)
    {
        var places = CandleColumns.All.Select(column => header.ToList().IndexOf(column)).ToArray();
        var missing = CandleColumns.All.Where((_, index) => places[index] < 0).ToList();
        return missing.Count == 0
            ? places
            : throw new InvalidDataException($"The first line has to name the columns, and names no {string.Join(", ", missing)}");
    }

    private static CandleRow Read(CsvRecord record, int[] places)
    {
        if (record.Fields.Count <= places.Max())
        {
            return RowCandle.Wrong(record.Line, $"there are {record.Fields.Count} fields, too few for all columns");
        }

        var fields = Array.ConvertAll(places, place => record.Fields[place]);
        if (!InstantText.TryParse(fields[2], out var openTime))
        {
            return RowCandle.Wrong(record.Line, $"open_time '{fields[2]}' is no time, such as 2026-03-01T13:05:00Z");
        }

        var numbers = new decimal[6];
        for (var index = 0; index < numbers.Length; index++)
        {
            if (!DecimalDigits.TryParse(fields[index + 3], out numbers[index]))
            {
                return RowCandle.Wrong(
                    record.Line, $"{CandleColumns.All[index + 3]} '{fields[index + 3]}' is no number, or has more digits than can be kept");
            }
        }

        return long.TryParse(fields[9], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var trades)
            ? RowCandle.Of(record.Line, fields[0], fields[1], new Candle
            {
                OpenTime = openTime, Open = numbers[0], High = numbers[1], Low = numbers[2], Close = numbers[3],
                Volume = numbers[4], QuoteVolume = numbers[5], Trades = trades, FirstAt = openTime, LastAt = openTime,
            })
            : RowCandle.Wrong(record.Line, $"trades '{fields[9]}' is no whole number");
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
