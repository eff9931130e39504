using System.Diagnostics;
using System.Globalization;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.Gateway.History.Commands;

/// <summary><c>history import</c>.</summary>
public sealed class HistoryImportTests : HistoryCommandTest
{
    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public async Task What_was_exported_is_imported_into_another_store(string format)
    {
        SymbolCandle[] candles = [.. CandleIntervals.Kept.SelectMany(interval => Series("BTC-USD", interval, 7)), .. Series("ETH-USD", CandleInterval.Minute, 6_000)];
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes(candles), Stop);
        }

        var file = Folder[$"all.{format}"];
        Assert.Equal((0, $"6028 candles are in {file}.", ""), await RunAsync("export", "--output", file));
        Directory.Move(Folder["data"], Folder["old"]);
        Assert.Equal((0, $"6028 candles were imported into {Path}: 6028 new, 0 replaced, 0 as they were.", ""), await RunAsync("import", file, "--covered"));

        await using var other = await OpenAsync();
        foreach (var interval in CandleIntervals.Kept)
        {
            Assert.Equal(
                candles.Where(candle => candle.Interval == interval).Select(Shown),
                (await other.ReadAllAsync(interval, null, Stop).ToListAsync(Stop)).Select(Shown));
        }

        var shard = await other.LoadAsync(ICandleGrain.ShardOf("ETH-USD"), Start, Start, Start, DateTimeOffset.MaxValue, Stop);
        Assert.Equal([new TimeRange(Start, Start.AddMinutes(6_000))], shard.Covered);
        Assert.Equal(default, shard.Position);
        Assert.Equal([file], Directory.GetFiles(Folder.Root));
    }

    [Fact]
    public async Task A_file_with_wrong_rows_is_not_imported_and_each_is_told()
    {
        var file = Folder.Write(
            "wrong.csv",
            Header, "A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:00:30Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:01:00Z,1,0,1,2,3,4,5");

        var (code, output, error) = await RunAsync("import", file);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("Line 3: no candle of 1m begins at this open_time.\nLine 4: high is not the highest price.\nNothing was imported.", error);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task Of_many_wrong_rows_the_first_are_told()
    {
        var file = Folder.Write("wrong.csv", [Header, .. Enumerable.Range(0, 30).Select(_ => "x")]);

        var (_, _, error) = await RunAsync("import", file);

        Assert.Equal(22, error.Split('\n').Length);
        Assert.EndsWith("And 10 more.\nNothing was imported.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_candle_that_a_silo_has_made_is_not_replaced()
    {
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 1)), Stop);
        }

        var file = Folder.Write("a.csv", Header, "A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:01:00Z,1,2,1,2,3,4,5");
        Assert.Equal((0, $"2 candles were imported into {Path}: 1 new, 0 replaced, 1 as they were.", ""), await RunAsync("import", file));
        Folder.Write("a.csv", Header, "A-USD,1m,2026-03-01T00:01:00Z,1,9,1,2,3,4,5", "A-USD,1m,2026-03-01T00:01:00Z,1,9.0,1,2,3,4,5");
        Assert.Equal((0, $"2 candles were imported into {Path}: 0 new, 1 replaced, 1 as they were.", ""), await RunAsync("import", file));

        await using var other = await OpenAsync();
        Assert.Equal([101.5m, 9m], (await other.ReadAllAsync(CandleInterval.Minute, null, Stop).ToListAsync(Stop)).Select(candle => candle.Candle.High));
    }

    [Theory]
    [InlineData("is not in the format Parquet, or is damaged", "x.parquet")]
    [InlineData("The first line has to name the columns", "x.csv")]
    [InlineData("Could not find file", "none.csv")]
    public async Task A_file_that_cannot_be_read_is_said_and_is_exit_code_1(string sentence, string name)
    {
        Folder.Write("x.parquet", "nothing of that kind");
        Folder.Write("x.csv", "nothing of that kind");

        var (code, output, error) = await RunAsync("import", Folder[name]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_imports_while_another_writes_the_same_file()
    {
        var file = Folder.Write(
            "many.csv",
            [Header, .. Enumerable.Range(0, 20_000).Select(minute => $"IMPORTED-USD,1m,{Start.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},1,2,1,2,3,4,5")]);
        await using var store = await OpenAsync();
        var start = BuiltProgram.StartOf("Gateway");
        foreach (var argument in new[] { "history", "import", file })
        {
            start.ArgumentList.Add(argument);
        }

        start.RedirectStandardOutput = true;
        start.Environment["History__Provider"] = "Sqlite";
        start.Environment["History__Path"] = Path;
        using var process = Process.Start(start)!;
        var written = 0;
        while (!process.HasExited)
        {
            await store.WriteAsync(Writes(Series("LIVE-USD", CandleInterval.Second, 10, Start.AddSeconds(10 * written))), Stop);
            written++;
        }

        Assert.Equal($"20000 candles were imported into {Path}: 20000 new, 0 replaced, 0 as they were.", (await process.StandardOutput.ReadToEndAsync(Stop)).Trim());
        var stats = await store.GetStatsAsync(Stop);
        Assert.Equal((10L * written, 20_000L), (stats.Intervals[0].Candles, stats.Intervals[1].Candles));
    }

    private static string Shown(SymbolCandle candle) => string.Create(
        CultureInfo.InvariantCulture,
        $"{candle.Symbol} {candle.Interval} {candle.Candle.OpenTime:O} {candle.Candle.Open:G29} {candle.Candle.High:G29} {candle.Candle.Low:G29} {candle.Candle.Close:G29} {candle.Candle.Volume:G29} {candle.Candle.QuoteVolume:G29} {candle.Candle.Trades}");
}
