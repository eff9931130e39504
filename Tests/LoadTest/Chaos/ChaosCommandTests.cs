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
            ["chaos", "--silos", "2", "--gateways", "2", "--clients", "20", "--duration", "4s", "--faults", "kill-gateway-and-ticker", "--longest-silence", "30s", "--longest-shortfall", "30s", "--json"],
            output,
            error,
            TestContext.Current.CancellationToken);

        Assert.True(code == 0, $"{output}{error}");
        var report = JsonSerializer.Deserialize<JsonElement>(output.ToString());
        var fault = Assert.Single(report.GetProperty("faults").EnumerateArray());
        Assert.StartsWith("gateway-1, silo-", fault.GetProperty("target").GetString(), StringComparison.Ordinal);
        Assert.True(fault.GetProperty("longest_silence").GetDouble() > 0.1); // Nobody publishes while the cluster finds out.
        Assert.True(fault.GetProperty("shortfalls").GetProperty("gateway-2").GetDouble() > 0.1);
        Assert.Equal(10, fault.GetProperty("sockets_closed").GetInt32());
        Assert.True(report.GetProperty("comparisons").GetInt64() > 1000);
        Assert.True(report.GetProperty("fresh_snapshots").GetInt32() > 0);
        Assert.True(report.GetProperty("candles").GetInt32() > 0);
        Assert.Contains(report.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "no candle was doubled or out of order");
    }
}
