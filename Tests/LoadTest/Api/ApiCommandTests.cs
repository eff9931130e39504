using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansTicker.LoadTest.Commands;
using OrleansTicker.Tests.LoadTest.Hosting;

namespace OrleansTicker.Tests.LoadTest.Api;

public sealed class ApiCommandTests
{
    [Fact]
    public async Task Requests_at_a_rate_are_counted_with_their_bytes_and_times()
    {
        await using var gateway = await FakeGateway.StartAsync(context => context.Response.WriteAsync("12345"));

        var (code, report, _) = await RunAsync(gateway, "--path", "/api/v1/candles?symbol=A&interval=1m", "--rate", "50", "--duration", "1s");

        Assert.True(code == 0, report.ToString());
        Assert.Equal(50, report.GetProperty("requests").GetInt32());
        Assert.Equal(250, report.GetProperty("bytes").GetInt32());
        Assert.Equal(50, report.GetProperty("statuses").GetProperty("200").GetInt32());
        Assert.Equal(50, report.GetProperty("latency").GetProperty("count").GetInt32());
        Assert.All(gateway.Requests, path => Assert.Equal("/api/v1/candles?symbol=A&interval=1m", path));
    }

    [Fact]
    public async Task Requests_that_were_due_while_the_server_stood_still_are_late_too()
    {
        var asked = 0;
        await using var gateway = await FakeGateway.StartAsync(context =>
            Interlocked.Increment(ref asked) == 6 ? Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, context.RequestAborted) : Task.CompletedTask);

        var (_, report, _) = await RunAsync(gateway, "--path", "/", "--rate", "100", "--connections", "1", "--duration", "500ms");

        // A single answer took 300 ms. The requests that were due meanwhile waited for it, 250 ms and more in the case of the first five.
        Assert.Equal(50, report.GetProperty("requests").GetInt32());
        Assert.True(report.GetProperty("latency").GetProperty("p90").GetDouble() > 200, report.ToString());
    }

    [Fact]
    public async Task As_many_as_possible_are_asked_over_each_connection_at_once()
    {
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            if (Interlocked.Increment(ref waiting) == 4)
            {
                together.SetResult();
            }

            return together.Task;
        });

        var (code, report, _) = await RunAsync(gateway, "--path", "/", "--connections", "4", "--duration", "300ms");

        Assert.True(code == 0, report.ToString());
        Assert.True(report.GetProperty("requests").GetInt32() >= 4);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("rate").ValueKind);
    }

    [Fact]
    public async Task Refusals_and_connections_that_break_fail_the_run_and_are_counted()
    {
        var asked = 0;
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            if (Interlocked.Increment(ref asked) % 2 == 0)
            {
                context.Abort();
            }

            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        });

        var (code, report, _) = await RunAsync(gateway, "--path", "/", "--rate", "20", "--connections", "1", "--duration", "500ms");

        Assert.Equal(1, code);
        Assert.True(report.GetProperty("statuses").GetProperty("429").GetInt32() > 0);
        Assert.NotEmpty(report.GetProperty("errors").EnumerateObject());
        Assert.Equal([false, false], report.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("held").GetBoolean()));
    }

    [Fact]
    public async Task The_summary_for_people_names_all_that_is_measured()
    {
        await using var gateway = await FakeGateway.StartAsync(_ => Task.CompletedTask);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await Tool.InvokeAsync(
            ["api", "--url", gateway.Address.ToString(), "--api-key", "k", "--path", "/", "--rate", "20", "--duration", "200ms", "--warm-up", "1ms"],
            output,
            TextWriter.Null,
            TestContext.Current.CancellationToken);
        foreach (var figure in new[] { "requests a second", "20 asked", "p50", "p99", "max", "bytes an answer", "200: 4", "errors", "held" })
        {
            Assert.Contains(figure, output.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, JsonElement Report, string Error)> RunAsync(FakeGateway gateway, params string[] options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] warmUp = options.Contains("--warm-up") ? [] : ["--warm-up", "1ms"];
        var code = await Tool.InvokeAsync(
            ["api", "--url", gateway.Address.ToString(), "--api-key", "k", "--json", .. warmUp, .. options], output, error, TestContext.Current.CancellationToken);
        var text = output.ToString();
        return (code, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default, error.ToString());
    }
}
