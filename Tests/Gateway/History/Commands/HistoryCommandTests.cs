using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansTicker.Gateway.Hosting;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Sqlite;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.Gateway.History.Commands;

/// <summary>The commands on the history, over a SQLite file.</summary>
public sealed class HistoryCommandTests : IDisposable
{
    private const string Header = "symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades\n";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => _folder["data/history.db"];

    public void Dispose() => _folder.Dispose();

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

        var file = _folder[$"all.{format}"];
        Assert.Equal((0, $"6028 candles are in {file}.", ""), await RunAsync("export", "--output", file));
        Directory.Move(_folder["data"], _folder["old"]);
        Assert.Equal((0, $"6028 candles were imported into {Path}.", ""), await RunAsync("import", file, "--covered"));

        await using var other = await OpenAsync();
        foreach (var interval in CandleIntervals.Kept)
        {
            Assert.Equal(
                candles.Where(candle => candle.Interval == interval).Select(Shown),
                (await other.ReadAllAsync(interval, null, Stop).ToListAsync(Stop)).Select(Shown));
        }

        var shard = await other.LoadAsync(ICandleGrain.ShardOf("ETH-USD"), Start, Start, Start, Stop);
        Assert.Equal([new TimeRange(Start, Start.AddMinutes(6_000))], shard.Covered);
        Assert.Equal(default, shard.Position);
        Assert.Equal([file], Directory.GetFiles(_folder.Root));
    }

    [Theory]
    [InlineData(10, "--interval", "1m")]
    [InlineData(15, "--interval", "1m", "--interval", "1h")]
    [InlineData(8, "--symbol", "B-USD", "--symbol", "none")]
    [InlineData(4, "--interval", "1m", "--from", "2026-03-01T00:03Z")]
    [InlineData(4, "--interval", "1m", "--from", "1772323380")]
    [InlineData(6, "--interval", "1m", "--to", "2026-03-01T01:03:00+01:00")]
    [InlineData(2, "--symbol", "A-USD", "--interval", "1m", "--from", "2026-03-01T00:01:00Z", "--to", "2026-03-01 00:03:00")]
    public async Task An_export_has_what_was_asked_for(int count, params string[] args)
    {
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(
                Writes([
                    .. Series("A-USD", CandleInterval.Minute, 5), .. Series("B-USD", CandleInterval.Minute, 5),
                    .. Series("A-USD", CandleInterval.Hour, 2), .. Series("B-USD", CandleInterval.Hour, 3)]),
                Stop);
        }

        var (code, output, error) = await RunAsync(["export", "--format", "csv", "--output", _folder["some"], .. args]);

        Assert.Equal((0, $"{count} candles are in {_folder["some"]}.", ""), (code, output, error));
        Assert.Equal(count + 1, (await File.ReadAllLinesAsync(_folder["some"], Stop)).Length);
    }

    [Fact]
    public async Task A_file_with_wrong_rows_is_not_imported_and_each_is_told()
    {
        var file = _folder.Write(
            "wrong.csv",
            Header.TrimEnd(), "A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:00:30Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:01:00Z,1,0,1,2,3,4,5");

        var (code, output, error) = await RunAsync("import", file);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal("Line 3: no candle of 1m begins at this open_time.\nLine 4: high is not the highest price.\nNothing was imported.", error);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task Of_many_wrong_rows_the_first_are_told()
    {
        var file = _folder.Write("wrong.csv", [Header.TrimEnd(), .. Enumerable.Range(0, 30).Select(_ => "x")]);

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

        var file = _folder.Write("a.csv", Header.TrimEnd(), "A-USD,1m,2026-03-01T00:00:00Z,1,2,1,2,3,4,5", "A-USD,1m,2026-03-01T00:01:00Z,1,2,1,2,3,4,5");
        Assert.Equal(0, (await RunAsync("import", file)).Code);
        _folder.Write("a.csv", Header.TrimEnd(), "A-USD,1m,2026-03-01T00:01:00Z,1,9,1,2,3,4,5");
        Assert.Equal(0, (await RunAsync("import", file)).Code);

        await using var other = await OpenAsync();
        Assert.Equal([101.5m, 9m], (await other.ReadAllAsync(CandleInterval.Minute, null, Stop).ToListAsync(Stop)).Select(candle => candle.Candle.High));
    }

    [Fact]
    public async Task Stats_are_a_table_or_one_line_of_JSON()
    {
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes([.. Series("A-USD", CandleInterval.Minute, 61), .. Series("B-USD", CandleInterval.Day, 1)]), Stop);
        }

        var (code, output, _) = await RunAsync("stats");
        Assert.Equal(0, code);
        Assert.Matches(
            $@"^{System.Text.RegularExpressions.Regex.Escape(Path)}: 2 symbols, 0\.[0-9] MB

INTERVAL  CANDLES  OLDEST               NEWEST
1s        0        -                    -
1m        61       2026-03-01 00:00:00  2026-03-01 01:00:00
1h        0        -                    -
1d        1        2026-03-01 00:00:00  2026-03-01 00:00:00$",
            output);

        var json = JsonDocument.Parse((await RunAsync("stats", "--json")).Output).RootElement;
        Assert.Equal((2, "1m", 61), (json.GetProperty("symbols").GetInt32(), json.GetProperty("intervals")[1].GetProperty("interval").GetString(), json.GetProperty("intervals")[1].GetProperty("candles").GetInt32()));
        Assert.Equal("2026-03-01T01:00:00Z", json.GetProperty("intervals")[1].GetProperty("newest").GetString());
    }

    [Fact]
    public async Task Where_there_is_no_history_nothing_is_made_and_that_is_told()
    {
        Directory.CreateDirectory(_folder["data"]);
        var (code, output, error) = await RunAsync("stats");
        Assert.Equal((1, "", $"The history cannot be reached: there is no such file ({Path})"), (code, output, error));

        Assert.Equal(1, (await RunAsync("export", "--output", _folder["x.csv"])).Code);
        Assert.Empty(Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories));

        Assert.Equal((1, "", "History:Provider is None, so there is no history."), await RunAsync(["stats"], "--History:Provider=None"));
        Assert.Equal((1, "", "History:KeepSeconds must be between 00:10:00 and 36500.00:00:00."), await RunAsync(["stats"], "--History:KeepSeconds=00:00:01"));
    }

    [Theory]
    [InlineData("'all' does not end in the name of a format: add --format with csv or parquet.", "export", "--output", "all")]
    [InlineData("'all.txt' does not end in the name of a format: add --format with csv or parquet.", "import", "all.txt")]
    [InlineData("'xml' is no format: write csv or parquet.", "export", "--output", "all", "--format", "xml")]
    [InlineData("'5m' is no interval that is kept: write one of 1s, 1m, 1h, 1d.", "export", "--output", "all.csv", "--interval", "5m")]
    [InlineData("'yesterday' is no time", "export", "--output", "all.csv", "--from", "yesterday")]
    [InlineData("--from has to be before --to.", "export", "--output", "all.csv", "--from", "2026-03-01", "--to", "2026-03-01")]
    [InlineData("Option '--output' is required.", "export")]
    [InlineData("Required argument 'file' missing", "import")]
    [InlineData("Unrecognized command or argument 'delete'", "delete")]
    public async Task A_wrong_command_line_is_said_and_is_exit_code_2(string sentence, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not in the format Parquet, or is damaged", "x.parquet")]
    [InlineData("The first line has to name the columns", "x.csv")]
    [InlineData("Could not find file", "none.csv")]
    public async Task A_file_that_cannot_be_read_is_said_and_is_exit_code_1(string sentence, string name)
    {
        _folder.Write("x.parquet", "nothing of that kind");
        _folder.Write("x.csv", "nothing of that kind");

        var (code, output, error) = await RunAsync("import", _folder[name]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history [command]")]
    [InlineData("history export [options]", "export")]
    [InlineData("history import <file> [options]", "import")]
    [InlineData("history stats [options]", "stats")]
    public async Task Each_command_has_help(string usage, params string[] args)
    {
        var (code, output, error) = await RunAsync([.. args, "--help"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(usage, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_imports_while_another_writes_the_same_file()
    {
        var file = _folder.Write(
            "many.csv",
            [Header.TrimEnd(), .. Enumerable.Range(0, 20_000).Select(minute => $"IMPORTED-USD,1m,{Start.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},1,2,1,2,3,4,5")]);
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

        Assert.Equal($"20000 candles were imported into {Path}.", (await process.StandardOutput.ReadToEndAsync(Stop)).Trim());
        var stats = await store.GetStatsAsync(Stop);
        Assert.Equal((10L * written, 20_000L), (stats.Intervals[0].Candles, stats.Intervals[1].Candles));
    }

    private static string Shown(SymbolCandle candle) => string.Create(
        CultureInfo.InvariantCulture,
        $"{candle.Symbol} {candle.Interval} {candle.Candle.OpenTime:O} {candle.Candle.Open:G29} {candle.Candle.High:G29} {candle.Candle.Low:G29} {candle.Candle.Close:G29} {candle.Candle.Volume:G29} {candle.Candle.QuoteVolume:G29} {candle.Candle.Trades}");

    private async Task<IHistoryStore> OpenAsync()
    {
        var store = new SqliteHistoryStore(Path, TimeProvider.System);
        await store.PrepareAsync(Stop);
        return store;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(args, []);

    /// <summary>Runs a command line after <c>history</c>, with these settings as a gateway has them.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(string[] args, params string[] settings)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var options = new WebApplicationOptions { ContentRootPath = _folder.Root, EnvironmentName = "Production", Args = ["--History:Provider=Sqlite", .. settings] };
        var code = await GatewayCommands.RunAsync(["history", .. args], output, error, options);
        return (code, output.ToString().Trim(), error.ToString().Trim());
    }
}
