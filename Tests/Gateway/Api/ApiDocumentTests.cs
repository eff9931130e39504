using System.Diagnostics;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.Structure;

namespace OrleansTicker.Tests.Gateway.Api;

/// <summary>Executes what the documents tell the authors of clients to type.</summary>
public sealed class ApiDocumentTests
{
    private const string Address = "localhost:8081";
    private const string KeyFile = "Gateway/data/demo-api-key";

    [Fact]
    public async Task Every_example_of_the_document_is_answered()
    {
        var blocks = DocumentExamples.Of("docs/api.md");
        Assert.True(blocks.Count >= 4);
        var output = await RunAsync(blocks);
        Assert.DoesNotContain("no_data", output, StringComparison.Ordinal); // Who pastes an example wants to see something.
        Assert.DoesNotContain("\"candles\":[]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_minute_of_the_README_shows_prices()
    {
        var blocks = DocumentExamples.Of("README.md").Where(block => block.Contains("curl localhost:8081/api/v1/", StringComparison.Ordinal)).ToList();
        var output = await RunAsync([Assert.Single(blocks)]);
        Assert.Contains("\"tickers\":[{\"symbol\":\"BTC-USD\",\"price\":", output, StringComparison.Ordinal);
    }

    /// <summary>Runs blocks of commands in one shell, against a gateway as the quick start begins it, and checks each answer.</summary>
    private static async Task<string> RunAsync(IReadOnlyList<string> blocks)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/curl"), "curl is not installed.");
        await using var gateway = await GatewayHost.StartAsync();
        await Eventually.TrueAsync(() => gateway.HasMarket, "a market");
        var seconds = new CandleQuery("BTC-USD", CandleInterval.Second, null, null, 2);
        await Eventually.TrueAsync(
            async () => (await gateway.Grains.GetGrain<ICandleGrain>(ICandleGrain.ShardOf(seconds.Symbol)).ReadAsync(seconds)).Candles.Length == 2,
            "two candles, so that there are two pages");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["key"], gateway.DemoApiKey, ApiHost.Stop);
        var script = string.Join('\n', blocks).Replace(Address, gateway.Address.Authority, StringComparison.Ordinal).Replace(KeyFile, folder["key"], StringComparison.Ordinal);

        // Each command has to succeed, also in the eyes of HTTP, and each answer ends its line.
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"curl() {{ command curl -sS --fail-with-body -w '\\n' \"$@\"; }}\n{script}"])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(ApiHost.Stop), shell.StandardError.ReadToEndAsync(ApiHost.Stop));
        await shell.WaitForExitAsync(ApiHost.Stop).WithinTimeoutAsync();

        Assert.True(shell.ExitCode == 0, $"{await errors}{await output}");
        var answers = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(script.Split('\n').Count(line => line.StartsWith("curl ", StringComparison.Ordinal) && !line.StartsWith("curl -o", StringComparison.Ordinal)), answers.Length);
        Assert.All(answers, answer => JsonDocument.Parse(answer).Dispose());
        return await output;
    }
}
