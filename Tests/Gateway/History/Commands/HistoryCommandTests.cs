using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Candles;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.Gateway.History.Commands;

/// <summary>The commands on the history, without imports.</summary>
public sealed class HistoryCommandTests : HistoryCommandTest
{
    [Theory]
    [InlineData(10, "--interval", "1m")]
    [InlineData(15, "--interval", "1m", "--interval", "1h")]
    [InlineData(15, "--symbol", "B-USD", "--symbol", "A-USD")]
    [InlineData(0, "--symbol", "B-USD", "--interval", "1s")]
    [InlineData(4, "--interval", "1m", "--from", "2026-03-01T00:03Z")]
    [InlineData(4, "--interval", "1m", "--from", "1772323380")]
    [InlineData(6, "--interval", "1m", "--to", "2026-03-01T01:03:00+01:00")]
    [InlineData(2, "--symbol", "A-USD", "--interval", "1m", "--from", "2026-03-01T00:01:00Z", "--to", "2026-03-01T00:03:00Z")]
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

        var (code, output, error) = await RunAsync(["export", "--format", "csv", "--output", Folder["some"], .. args]);

        Assert.Equal((0, $"{count} candles are in {Folder["some"]}.", ""), (code, output, error));
        Assert.Equal(count + 1, (await File.ReadAllLinesAsync(Folder["some"], Stop)).Length);
    }

    [Fact]
    public async Task A_symbol_of_which_there_is_nothing_is_not_exported_and_that_is_told()
    {
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 1)), Stop);
        }

        var (code, output, error) = await RunAsync("export", "--output", Folder["x.csv"], "--symbol", "A-USD", "--symbol", "NOPE");

        Assert.Equal((1, "", $"{Path} has no candles of NOPE, and nothing was exported."), (code, output, error));
        Assert.Empty(Directory.GetFiles(Folder.Root));
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

INTERVAL  CANDLES  OLDEST                NEWEST
1s        0        -                     -
1m        61       2026-03-01T00:00:00Z  2026-03-01T01:00:00Z
1h        0        -                     -
1d        1        2026-03-01T00:00:00Z  2026-03-01T00:00:00Z$",
            output);

        var json = JsonDocument.Parse((await RunAsync("stats", "--json")).Output).RootElement;
        Assert.Equal((2, "1m", 61), (json.GetProperty("symbols").GetInt32(), json.GetProperty("intervals")[1].GetProperty("interval").GetString(), json.GetProperty("intervals")[1].GetProperty("candles").GetInt32()));
        Assert.Equal("2026-03-01T01:00:00Z", json.GetProperty("intervals")[1].GetProperty("newest").GetString());
    }

    [Fact]
    public async Task Where_there_is_no_history_nothing_is_made_and_that_is_told()
    {
        Directory.CreateDirectory(Folder["data"]);
        var (code, output, error) = await RunAsync("stats");
        Assert.Equal((1, "", $"The history cannot be reached: there is no such file ({Path})"), (code, output, error));

        Assert.Equal(1, (await RunAsync("export", "--output", Folder["x.csv"])).Code);
        Assert.Empty(Directory.GetFiles(Folder.Root, "*", SearchOption.AllDirectories));

        Assert.Equal((1, "", "History:Provider is None, so there is no history."), await RunAsync(["stats"], "--History:Provider=None"));
        Assert.Equal((1, "", "History:KeepSeconds must be between 00:10:00 and 36500.00:00:00."), await RunAsync(["stats"], "--History:KeepSeconds=00:00:01"));
    }

    [Theory]
    [InlineData("'all' does not end in the name of a format: add --format with csv or parquet.", "export", "--output", "all")]
    [InlineData("'all.txt' does not end in the name of a format: add --format with csv or parquet.", "import", "all.txt")]
    [InlineData("'xml' is no format: write csv or parquet.", "export", "--output", "all", "--format", "xml")]
    [InlineData("'5m' is no interval that is kept: write one of 1s, 1m, 1h, 1d.", "export", "--output", "all.csv", "--interval", "5m")]
    [InlineData("'yesterday' is no time", "export", "--output", "all.csv", "--from", "yesterday")]
    [InlineData("'2026-03-01T13:05' is no time", "export", "--output", "all.csv", "--from", "2026-03-01T13:05")]
    [InlineData("'20260301' is before the year 2000 in Unix seconds: write a date with hyphens", "export", "--output", "all.csv", "--to", "20260301")]
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
}
