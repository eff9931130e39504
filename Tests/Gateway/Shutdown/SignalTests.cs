using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Shutdown;

/// <summary>What SIGTERM does to the running program.</summary>
public sealed partial class SignalTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_program_goes_out_of_service_sends_its_clients_away_and_ends()
    {
        using var folder = new TemporaryFolder();
        var start = BuiltProgram.StartOf("Gateway");
        start.RedirectStandardOutput = true;
        start.Environment["Audit__Folder"] = folder["audit"];
        start.Environment["Keys__Path"] = folder["keys.db"];
        start.Environment["Shutdown__ReadinessDelay"] = "00:00:05";
        using var process = Process.Start(start)!;
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressOfAsync(process) };
            var reading = process.StandardOutput.ReadToEndAsync(Stop);
            var key = (await File.ReadAllTextAsync(folder["demo-api-key"], Stop)).Trim();
            using var exchange = await http.PostAsJsonAsync("/auth/token", new { api_key = key }, Stop);
            var token = (await exchange.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString()!;
            using var client = await TickerClient.ConnectAsync(http.BaseAddress!, token);
            await client.ReceiveAsync("ticker");
            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(http, "/health/ready"));

            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                await kill.WaitForExitAsync(Stop);
            }

            // The signal is on its way.
            await Eventually.TrueAsync(
                async () => await StatusOfAsync(http, "/health/ready") == HttpStatusCode.ServiceUnavailable, "the gateway says that it is not ready");

            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(http, "/health/live"));
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => TickerClient.ConnectAsync(http.BaseAddress!, token));
            Assert.Contains("503", refused.Message, StringComparison.Ordinal);
            await client.ReceiveAsync("reconnect");
            var close = await client.ReceiveCloseAsync();
            await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
            await process.WaitForExitAsync(Stop).WithinTimeoutAsync();
            await reading;

            Assert.Equal((1012, "gateway stopping"), close);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, Stop);
        return response.StatusCode;
    }

    /// <summary>Reads the program's output until it says where it listens.</summary>
    private static async Task<Uri> AddressOfAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Stop).AsTask().WithinTimeoutAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return new Uri(match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException("The gateway has ended before it listened.");
    }

    [GeneratedRegex("Now listening on: (?<address>http://\\S+)")]
    private static partial Regex Listening();
}
