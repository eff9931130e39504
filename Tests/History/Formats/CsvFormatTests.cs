using System.Text;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Formats;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History.Formats;

public sealed class CsvFormatTests
{
    private const string Header = "symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_has_all_digits_and_the_time_in_UTC()
    {
        var stream = new AsyncOnlyStream();
        var candle = Candle(Start, 97_123.40m) with { Volume = 0.000000000001m };

        await CandleFormats.Csv.WriteAsync(new[] { new SymbolCandle("BTC-USD", CandleInterval.Hour, candle) }.ToAsyncEnumerable(), stream, Stop);

        Assert.Equal(
            $"{Header}BTC-USD,1h,2026-03-01T00:00:00Z,97123.40,97124.90,97123.15,97124.40,0.000000000001,48561.70,3\r\n",
            Encoding.UTF8.GetString(stream.Written));
    }

    [Theory]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5")]
    [InlineData("\"A-USD\",\"1m\",\"2026-03-01T00:00:00Z\",\"1\",2,1,2,3,4,5")]
    [InlineData("A-USD,1m,2026-03-01T01:00:00+01:00,1,2,1,2,3,4,5")]
    [InlineData("A-USD,1m,2026-03-01 00:00:00,1.000000000000000000,2.0000000000000000000000000000000000,1,2,3,4,5")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5,more")]
    public async Task A_row_may_be_written_in_several_ways(string row)
    {
        var read = Assert.Single(await ReadAsync($"{Header}{row}\n"));

        Assert.Equal((2L, null), (read.Number, read.Error));
        Assert.Equal(("A-USD", CandleInterval.Minute, Start, 1m, 2m, 5L), (
            read.Candle.Symbol, read.Candle.Interval, read.Candle.Candle.OpenTime, read.Candle.Candle.Open, read.Candle.Candle.High, read.Candle.Candle.Trades));
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_and_lines_may_be_empty()
    {
        var rows = await ReadAsync(
            """

            trades,note,quote_volume,volume,close,low,high,open,open_time,interval,symbol
            5,"one ""two"", three
            four",4,3,2,1,2,1,2026-03-01T00:00:00Z,1m,A-USD

            6,,4,3,2,1,2,1,2026-03-01T00:01:00Z,1m,A-USD
            """);

        Assert.Equal([(3L, 5L), (6L, 6L)], rows.Select(row => (row.Number, row.Candle.Candle.Trades)));
    }

    [Theory]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4", "there are 9 fields, too few for all columns")]
    [InlineData("A-USD,1m,yesterday,1,2,1,2,3,4,5", "open_time 'yesterday' is no time, such as 2026-03-01T13:05:00Z")]
    [InlineData("A-USD,1m,2026-03-01T00:00:01Z,1,2,1,2,3,4,5", "no candle of 1m begins at this open_time")]
    [InlineData("A-USD,1d,9999-12-31T00:00:00Z,1,2,1,2,3,4,5", "open_time has to be in the years 1970 to 2999")]
    [InlineData("A-USD,1d,0001-01-01T00:00:00Z,1,2,1,2,3,4,5", "open_time has to be in the years 1970 to 2999")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,-1,2,3,4,5", "prices have to be above 0")]
    [InlineData("A-USD,5m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "the interval '5m' is none of those that are kept: 1s, 1m, 1h, 1d")]
    [InlineData("A USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "the symbol has to be 1 to 64 characters without blanks, such as BTC-USD")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1e5,2,1,2,3,4,5", "open '1e5' is no number, or has more digits than can be kept")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,0.12345678901234567890123456789012,2,1,2,3,4,5", "open '0.12345678901234567890123456789012' is no number, or has more digits than can be kept")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,,2,1,2,3,4,5", "open '' is no number, or has more digits than can be kept")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,3,2,1,2,3,4,5", "high is not the highest price")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,0.5,3,4,5", "low is not the lowest price")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,-3,4,5", "volume, quote_volume and trades cannot be less than 0")]
    [InlineData("A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5.5", "trades '5.5' is no whole number")]
    [InlineData("A\"-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "a quotation mark is not closed, or something follows it", "a quotation mark stands within a field")]
    [InlineData("\"A\"-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "a quotation mark is not closed, or something follows it")]
    public async Task A_wrong_row_says_why_and_the_others_follow(string row, params string[] reasons)
    {
        var rows = await ReadAsync($"{Header}A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5\r\n{row}\r\nA-USD,1m,2026-03-01T00:01:00Z,1,2,1,2,3,4,5\r\n");

        Assert.Equal(3L, rows[1].Number);
        Assert.Contains(rows[1].Error, reasons);
        Assert.Null(rows[0].Error);
    }

    [Theory]
    [InlineData("", "The file is empty: its first line has to name the columns")]
    [InlineData("symbol,interval,time,open,high,low,close,volume,trades\n", "The first line has to name the columns, and names no open_time, quote_volume")]
    [InlineData("PAR1\0\u0001\u0002", "The first line has to name the columns, and names no symbol, interval")]
    public async Task A_file_without_the_columns_is_told(string text, string sentence) =>
        Assert.StartsWith(sentence, (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(text))).Message, StringComparison.Ordinal);

    private static async Task<List<CandleRow>> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await CandleFormats.Csv.ReadAsync(stream, Stop).ToListAsync(Stop);
    }
}
