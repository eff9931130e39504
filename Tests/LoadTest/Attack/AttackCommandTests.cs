using System.Globalization;
using System.Text.Json;
using OrleansTicker.LoadTest.Commands;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Attack;

public sealed class AttackCommandTests
{
    [Fact]
    public async Task A_gateway_as_in_production_withstands_a_short_attack_of_every_kind()
    {
        var (code, report, error) = await RunAsync("--clients", "20", "--duration", "3s", "--scale", "2%");

        Assert.True(code == 0, $"{report}{error}");
        var phases = report.GetProperty("phases").EnumerateArray().ToDictionary(phase => phase.GetProperty("name").GetString()!);
        Assert.Equal(10, phases.Count);
        Assert.All(phases.Values, phase => Assert.True(phase.GetProperty("age").GetProperty("count").GetInt64() > 0));
        Assert.Equal(["HTTP 401", "HTTP 429"], AnswersTo("forged-tokens"));
        Assert.Equal(["HTTP 408"], AnswersTo("slow-handshakes"));
        Assert.Equal(["HTTP 414", "HTTP 431"], AnswersTo("header-floods").Except(["cut"]));
        Assert.Contains("close 4429", AnswersTo("message-floods"));
        Assert.Contains("close 1002", AnswersTo("garbage-frames"));
        Assert.Contains("HTTP 400", AnswersTo("connection-storms"));
        Assert.Contains("cut", AnswersTo("half-open-sockets"));
        Assert.Contains("HTTP 200", AnswersTo("history-floods"));
        Assert.DoesNotContain("HTTP 500", AnswersTo("history-floods"));

        string[] AnswersTo(string attack) => [.. phases[attack].GetProperty("answers").EnumerateObject().Select(answer => answer.Name)];
    }

    [Fact]
    public async Task A_gateway_that_does_not_take_the_honest_clients_is_told_in_a_sentence()
    {
        await using var gateway = await GatewayHost.StartAsync(("Limits:SocketsPerUser", "3"));
        var (code, _, error) = await RunAsync("--url", gateway.Address.ToString(), "--api-key", gateway.DemoApiKey, "--clients", "5", "--duration", "1s", "--scale", "1%");
        Assert.Equal(1, code);
        Assert.Contains("honest clients", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url", "http://example.com", "--api-key", "x")]
    [InlineData("--url", "http://localhost:1")]
    [InlineData("--attacks", "politeness")]
    public async Task What_cannot_be_attacked_is_refused(params string[] options)
    {
        var (code, _, _) = await RunAsync(options);
        Assert.Equal(1, code);
    }

    private static async Task<(int Code, JsonElement Report, string Error)> RunAsync(params string[] options)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await Tool.InvokeAsync(["attack", "--json", .. options], output, error, TestContext.Current.CancellationToken);
        var text = output.ToString();
        return (code, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default, error.ToString());
    }
}
