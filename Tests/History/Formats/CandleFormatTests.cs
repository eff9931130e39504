using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Formats;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History.Formats;

/// <summary>What both formats do.</summary>
public sealed class CandleFormatTests : IDisposable
{
    private static readonly string[] Digits =
        ["0.000000000001", "1000000000000000", "1000000000000000.000000000001", "97123.45", "0.1", "12345678901234567890.12345678", "0.000000000000000001"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. CandleFormats.All.Select(format => format.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_was_written_is_read_again(string format)
    {
        SymbolCandle[] candles =
        [
            .. CandleIntervals.Kept.SelectMany(interval => Series("BTC-USD", interval, 3)),
            .. Digits.Select((digits, index) => new SymbolCandle("coinbase:BTC-USD", CandleInterval.Minute, Of(digits, index))),
        ];
        var path = await WriteAsync(format, candles);

        await using var file = File.OpenRead(path);
        var rows = await CandleFormats.Find(format)!.ReadAsync(file, Stop).ToListAsync(Stop);

        Assert.All(rows, row => Assert.Null(row.Error));
        Assert.Equal(candles.Select(Shown), rows.Select(row => Shown(row.Candle)));
        Assert.Equal(
            (Start, Start.AddMinutes(1).AddMicroseconds(-1), default),
            (rows[3].Candle.Candle.FirstAt, rows[3].Candle.Candle.LastAt, rows[3].Candle.Candle.ChangedAt));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DuckDB_reads_it_and_its_sums_agree_digit_for_digit(string format)
    {
        var random = new Random(1);
        var candles = Enumerable.Range(0, 60_000)
            .Select(index => new SymbolCandle($"S{index % 7}-USD", CandleInterval.Minute, Candle(Start.AddMinutes(index), index) with
            {
                Open = random.NextInt64(1, 1_000_000_000_000) / 1_000_000m,
                Volume = random.NextInt64(1, 1_000_000_000_000_000) / 1_000_000_000_000m,
                QuoteVolume = new decimal(random.Next(), random.Next(), random.Next(1_000), false, 16),
            }))
            .Concat(Digits.Select((digits, index) => new SymbolCandle("D-USD", CandleInterval.Minute, Of(digits, index))))
            .ToList();
        var path = await WriteAsync(format, candles);

        var numbers = format == "csv" ? ", types = {'open': 'DECIMAL(38,18)', 'volume': 'DECIMAL(38,18)', 'quote_volume': 'DECIMAL(38,18)'}" : "";
        Assert.Equal(
            FormattableString.Invariant($"{candles.Count}|{Sum(candle => candle.Open)}|{Sum(candle => candle.Volume)}|{Sum(candle => candle.QuoteVolume)}|{candles.Sum(candle => candle.Candle.Trades)}"),
            Query($"SELECT concat_ws('|', count(*), sum(open), sum(volume), sum(quote_volume), sum(trades)) FROM read_{format}('{path}'{numbers})"));
        Assert.Equal(
            "2026-03-01T00:00:00.000000Z|1m",
            Query($"SELECT concat_ws('|', strftime(min(open_time)::TIMESTAMPTZ AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ'), min(interval)) FROM read_{format}('{path}')"));

        string Sum(Func<Candle, decimal> value) => Text(candles.Aggregate(BigInteger.Zero, (sum, candle) => sum + Scaled(value(candle.Candle))));
    }

    [Fact]
    public async Task A_file_that_DuckDB_wrote_is_read()
    {
        var path = _folder["duck.parquet"];
        Query($"""
            COPY (SELECT 'A-USD' AS symbol, '1m' AS interval, TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_minutes(i) AS open_time, 1.5::DECIMAL(18,4) AS open,
              2::DECIMAL(38,18) AS high, 1::DECIMAL(9,2) AS low, 1.25::DECIMAL(9,2) AS close, 3::DECIMAL(18,3) AS volume,
              CASE i WHEN 1 THEN NULL ELSE 4::DECIMAL(18,3) END AS quote_volume, i AS trades, 'x' AS more FROM range(3) AS t(i))
            TO '{path}' (FORMAT parquet)
            """);

        await using var file = File.OpenRead(path);
        var rows = await CandleFormats.Parquet.ReadAsync(file, Stop).ToListAsync(Stop);

        Assert.Equal([null, "a value is missing", null], rows.Select(row => row.Error));
        Assert.Equal([1L, 2, 3], rows.Select(row => row.Number));
        Assert.Equal(("A-USD 1m 2026-03-01 00:02:00Z 1.5 2 1 1.25 3 4 2"), Shown(rows[2].Candle));
    }

    [Fact]
    public async Task Parquet_rounds_what_is_finer_than_its_digits_and_refuses_what_is_larger()
    {
        var path = await WriteAsync("parquet", [new SymbolCandle("A-USD", CandleInterval.Minute, Of("0.3333333333333333333333333333", 0))]);
        Assert.Equal("0.333333333333333333", Query($"SELECT open::VARCHAR FROM '{path}'"));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() =>
            WriteAsync("parquet", [new SymbolCandle("A-USD", CandleInterval.Minute, Of("100000000000000000000", 0))]));
        Assert.Equal("open of A-USD, 1m at 2026-03-01 00:00:00Z has more than 20 digits before the point", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_candles_are_a_file_without_rows(string format)
    {
        var path = await WriteAsync(format, []);

        await using var file = File.OpenRead(path);
        Assert.Empty(await CandleFormats.Find(format)!.ReadAsync(file, Stop).ToListAsync(Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no table at all")]
    [InlineData("PAR1 and then something else PAR1")]
    public async Task What_is_no_such_file_is_told(string content)
    {
        await File.WriteAllTextAsync(_folder["file"], content, Stop);
        await using var file = File.OpenRead(_folder["file"]);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => CandleFormats.Parquet.ReadAsync(file, Stop).ToListAsync(Stop).AsTask());

        Assert.StartsWith("The file is not in the format Parquet, or is damaged: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COPY (SELECT 1 AS symbol) TO '{0}' (FORMAT parquet)", "The column symbol has to be a text")]
    [InlineData("COPY (SELECT 'A' AS symbol) TO '{0}' (FORMAT parquet)", "The file has no column interval")]
    [InlineData("COPY (SELECT 'A' AS symbol, '1m' AS interval, now() AS open_time, 1.5::DOUBLE AS open) TO '{0}' (FORMAT parquet)", "The column open has to be a decimal, such as DECIMAL(38, 18)")]
    public async Task A_table_of_something_else_is_told(string sql, string sentence)
    {
        Query(string.Format(CultureInfo.InvariantCulture, sql, _folder["other.parquet"]));
        await using var file = File.OpenRead(_folder["other.parquet"]);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => CandleFormats.Parquet.ReadAsync(file, Stop).ToListAsync(Stop).AsTask());

        Assert.Equal(sentence, exception.Message);
    }

    private static Candle Of(string digits, int minute)
    {
        var number = decimal.Parse(digits, CultureInfo.InvariantCulture);
        return Candle(Start.AddMinutes(minute), 1) with { Open = number, High = number, Low = number, Close = number, Volume = number, QuoteVolume = number };
    }

    private static string Shown(SymbolCandle candle) => string.Create(
        CultureInfo.InvariantCulture,
        $"{candle.Symbol} {candle.Interval.Name()} {candle.Candle.OpenTime:u} {candle.Candle.Open:G29} {candle.Candle.High:G29} {candle.Candle.Low:G29} {candle.Candle.Close:G29} {candle.Candle.Volume:G29} {candle.Candle.QuoteVolume:G29} {candle.Candle.Trades}");

    private static BigInteger Scaled(decimal number) => BigInteger.Parse(
        number.ToString("F18", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static string Text(BigInteger scaled)
    {
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(19, '0');
        return $"{digits[..^18]}.{digits[^18..]}";
    }

    private static string Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    private async Task<string> WriteAsync(string format, IEnumerable<SymbolCandle> candles)
    {
        var stream = new AsyncOnlyStream();
        var written = await CandleFormats.Find(format)!.WriteAsync(candles.ToAsyncEnumerable(), stream, Stop);
        Assert.Equal(candles.Count(), written);
        var path = _folder[$"candles.{format}"];
        await File.WriteAllBytesAsync(path, stream.Written, Stop);
        return path;
    }
}
