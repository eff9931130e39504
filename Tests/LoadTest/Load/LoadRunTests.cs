using System.Globalization;
using System.Text.Json;
using OrleansTicker.LoadTest.Commands;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Load;

public sealed class LoadRunTests
{
    [Fact]
    public async Task A_gateway_that_serves_everyone_passes_and_is_measured()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (code, report) = await RunAsync(gateway, "--clients", "40", "--slow", "10%", "--duration", "3s");

        Assert.True(code == 0, report.ToString());
        Assert.True(report.GetProperty("held").GetBoolean());
        Assert.Equal((40, 4), (report.GetProperty("connected").GetInt32(), report.GetProperty("slow_clients").GetInt32()));
        Assert.True(report.GetProperty("frames").GetInt64() >= 36);
        var age = report.GetProperty("age");
        Assert.True(age.GetProperty("p50").GetDouble() > 0);
        Assert.True(age.GetProperty("max").GetDouble() >= age.GetProperty("p99").GetDouble());
        Assert.Empty(report.GetProperty("closes").EnumerateObject());
        Assert.Empty(report.GetProperty("errors").EnumerateObject());
    }

    [Fact]
    public async Task Clients_that_ask_for_symbols_are_sent_no_others()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (_, all) = await RunAsync(gateway, "--clients", "5", "--duration", "1s");
        var (code, one) = await RunAsync(gateway, "--clients", "5", "--duration", "1s", "--symbols", "ETH-USD");
        Assert.Equal(0, code);
        Assert.True(BytesPerFrame(one) < 0.7 * BytesPerFrame(all), one.ToString());

        (code, one) = await RunAsync(gateway, "--clients", "5", "--duration", "1s", "--symbols", "NO-SUCH");
        Assert.Equal(1, code);
        Assert.Equal(5, one.GetProperty("errors").GetProperty("error messages of the server").GetInt32());
    }

    [Fact]
    public async Task Clients_that_are_refused_or_closed_fail_the_run_and_are_counted()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:SocketsPerUser", "3"), ("Sessions:KeepAliveInterval", "00:00:01"));
        var (code, report) = await RunAsync(gateway, "--clients", "5", "--duration", "1s");
        Assert.Equal(1, code);
        Assert.False(report.GetProperty("held").GetBoolean());
        Assert.Equal(3, report.GetProperty("connected").GetInt32());
        Assert.Equal(2, report.GetProperty("errors").GetProperty("connect: HTTP 429").GetInt32());
    }

    [Fact]
    public async Task A_key_that_buys_no_token_is_told_in_a_sentence()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var error = new StringWriter();
        var code = await Tool.InvokeAsync(
            ["load", "--url", gateway.Address.ToString(), "--api-key", "wrong", "--clients", "1"], TextWriter.Null, error, TestContext.Current.CancellationToken);
        Assert.Equal(1, code);
        Assert.Contains("401 invalid API key", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_for_people_names_all_that_is_measured()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await Tool.InvokeAsync(
            ["load", "--url", gateway.Address.ToString(), "--api-key", gateway.DemoApiKey, "--clients", "3", "--duration", "300ms"], output, TextWriter.Null, TestContext.Current.CancellationToken);
        foreach (var figure in new[] { "connects a second", "frames a second", "p50", "p90", "p99", "p99.9", "max", "conflated ticks", "closes by code", "errors", "held" })
        {
            Assert.Contains(figure, output.ToString(), StringComparison.Ordinal);
        }
    }

    private static double BytesPerFrame(JsonElement report) =>
        report.GetProperty("megabytes_per_second").GetDouble() / report.GetProperty("frames_per_second").GetDouble();

    private static async Task<(int Code, JsonElement Report)> RunAsync(GatewayHost gateway, params string[] options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await Tool.InvokeAsync(
            ["load", "--url", gateway.Address.ToString(), "--api-key", gateway.DemoApiKey, "--json", .. options], output, TextWriter.Null, TestContext.Current.CancellationToken);
        return (code, JsonSerializer.Deserialize<JsonElement>(output.ToString()));
    }
}
