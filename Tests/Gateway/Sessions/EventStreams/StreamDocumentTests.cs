using System.Diagnostics;
using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>The command of docs/protocol.md, pasted into a shell.</summary>
public sealed partial class StreamDocumentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_of_the_document_streams_prices_with_nothing_else()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "protocol.md"), Stop);
        var command = Command().Match(document).Value;
        await using var gateway = await GatewayHost.StartAsync();
        var here = command.Replace("http://localhost:8081/", gateway.Address.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(command, here);

        var start = new ProcessStartInfo("sh", ["-c", $"exec {here} 2>/dev/null"]) { RedirectStandardOutput = true };
        start.Environment["TOKEN"] = await gateway.GetTokenAsync();
        using var curl = Process.Start(start)!;
        try
        {
            var parser = new EventStreamParser();
            var buffer = new byte[4096];
            var names = new List<string>();
            while (names.Count < 20)
            {
                var count = await curl.StandardOutput.BaseStream.ReadAsync(buffer, Stop).AsTask().WithinTimeoutAsync();
                Assert.NotEqual(0, count);
                parser.Add(buffer.AsSpan(0, count));
                while (parser.Take() is { } next)
                {
                    names.Add(next.Name);
                }
            }

            Assert.Equal(["welcome", "ticker"], names.Distinct());
        }
        finally
        {
            curl.Kill();
            await curl.WaitForExitAsync(Stop);
        }
    }

    [GeneratedRegex("(?m)^curl -N .*/api/v1/stream.*$")]
    private static partial Regex Command();
}
