using System.Globalization;
using System.Text.Json;
using OrleansTicker.LoadTest.Commands;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class ChaosCommandTests
{
    [Fact]
    public async Task A_short_run_with_real_deaths_holds_and_says_what_clients_saw()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await Tool.InvokeAsync(
            ["chaos", "--silos", "2", "--gateways", "2", "--clients", "20", "--duration", "8s", "--faults", "kill-ticker,kill-gateway", "--longest-silence", "30s", "--json"],
            output,
            error,
            TestContext.Current.CancellationToken);

        Assert.True(code == 0, $"{output}{error}");
        var report = JsonSerializer.Deserialize<JsonElement>(output.ToString());
        var faults = report.GetProperty("faults").EnumerateArray().ToList();
        Assert.Equal(2, faults.Count);
        Assert.StartsWith("silo-", faults[0].GetProperty("target").GetString(), StringComparison.Ordinal);
        Assert.True(faults[0].GetProperty("longest_silence").GetDouble() > 0.1); // Nobody publishes while the cluster finds out.
        Assert.Equal(10, faults[1].GetProperty("sockets_closed").GetInt32());
        Assert.True(report.GetProperty("comparisons").GetInt64() > 1000);
        Assert.True(report.GetProperty("fresh_snapshots").GetInt32() > 0);
    }
}
