using System.CommandLine;
using System.Text.RegularExpressions;
using OrleansTicker.LoadTest.Commands;

namespace OrleansTicker.Tests.LoadTest.Commands;

public sealed partial class ToolTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("500ms", 0.5)]
    [InlineData("2m", 120)]
    [InlineData("1.5h", 5400)]
    public void A_time_is_written_with_its_unit(string text, double seconds)
    {
        var parsed = Tool.Create().Parse(["load", "--url", "http://localhost:1", "--api-key", "k", "--duration", text]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(TimeSpan.FromSeconds(seconds), parsed.GetValue<TimeSpan?>("--duration"));
    }

    [Fact]
    public void Symbols_parts_and_addresses_are_read()
    {
        var parsed = Tool.Create().Parse(["load", "--url", "ws://host:8081/ws/ticker", "--api-key", "k", "--symbols", "A,B", "C", "--slow", "12.5%"]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(["A", "B", "C"], parsed.GetValue<string[]>("--symbols")!);
        Assert.Equal(0.125, parsed.GetValue<double?>("--slow"));
        Assert.Equal(new Uri("http://host:8081"), parsed.GetValue<Uri>("--url"));
    }

    [Theory]
    [InlineData("load --api-key k", "--url")]
    [InlineData("load --url there --api-key k", "no address of a gateway")]
    [InlineData("load --url http://a --api-key k --clients 0", "no number from 1 to")]
    [InlineData("load --url http://a --api-key k --duration 30", "no time")]
    [InlineData("load --url http://a --api-key k --slow 10", "no part of all")]
    [InlineData("cluster --silos 99", "no number from 1 to 16")]
    [InlineData("chaos --gateways 1", "no number from 2 to 16")]
    [InlineData("chaos --faults flood", "no fault")]
    [InlineData("chaos --faults kill-feed", "kill-feed' needs --exchanges")]
    [InlineData("chaos --faults kill-feed --exchanges --silos 2", "kill-feed' needs --exchanges and --silos 3")]
    [InlineData("exchange --port 70000", "no number from 0 to 65535")]
    [InlineData("exchange --rate fast", "no number from 1 to")]
    [InlineData("api --url http://a --path tickers", "is no path")]
    [InlineData("api --url http://a", "--path")]
    [InlineData("api --url http://a --path / --rate 0", "no number from 1 to")]
    [InlineData("nothing", "nothing")]
    public async Task A_wrong_line_is_told_what_is_wrong_with_it(string line, string wrong)
    {
        using var error = new StringWriter();
        Assert.NotEqual(0, await Tool.InvokeAsync(line.Split(' '), TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.Contains(wrong, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("attack")]
    [InlineData("chaos")]
    [InlineData("cluster")]
    [InlineData("exchange")]
    [InlineData("load")]
    public async Task A_default_in_the_help_is_what_one_may_type(string command)
    {
        using var output = new StringWriter();
        await Tool.InvokeAsync([command, "--help"], output, TextWriter.Null, TestContext.Current.CancellationToken);
        var help = string.Join(' ', output.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        var defaults = DefaultInHelp().Matches(help);

        Assert.NotEmpty(defaults);
        Assert.All(defaults, found =>
        {
            var (option, value) = (found.Groups["option"].Value, found.Groups["value"].Value);
            Assert.DoesNotContain(Tool.Create().Parse([command, option, value]).Errors, error => error.Message.Contains($"'{value}'", StringComparison.Ordinal));
        });
        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadTest.", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api", "--rate")]
    [InlineData("load", "--slow")]
    [InlineData("cluster", "--redis")]
    [InlineData("exchange", "--symbols")]
    [InlineData("chaos", "--longest-silence")]
    public async Task Each_command_has_help_that_says_what_its_exit_code_means(string command, string option)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await Tool.InvokeAsync([command, "--help"], output, TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains(option, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--json", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("exit code", output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<option>--[a-z-]+) <[a-z-]+> (?:(?! --[a-z-]+ ).)*?\[default: (?<value>[^\]]*)\]")]
    private static partial Regex DefaultInHelp();
}
