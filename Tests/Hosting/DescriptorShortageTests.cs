using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OrleansTicker.Gateway.Connections;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A gateway that may not open as many descriptors as clients want. The real program runs.</summary>
public sealed partial class DescriptorShortageTests
{
    private const int Room = 20; // For clients.

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_runs_out_of_descriptors_lives_on_says_so_once_and_accepts_again_when_there_are_some()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Limits are set by prlimit.");
        using var gateway = ProgramProcess.Start("Gateway");
        await gateway.HasSaidAsync("Application started");
        var address = IPEndPoint.Parse(gateway.Output.Select(line => Listening().Match(line)).First(match => match.Success).Groups[1].Value);
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        await http.GetStringAsync("/health/live", Stop); // What the first request opens is open now.

        var limit = OpenOf(gateway) + DescriptorLimit.Reserve + Room;
        await LimitAsync(gateway.Id, limit);
        var clients = new List<Socket>();
        try
        {
            for (var count = 0; count < 3 * Room; count++)
            {
                clients.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                await clients[^1].ConnectAsync(address, Stop); // By the kernel, which lets them wait.
            }

            await gateway.HasSaidAsync($"wait until others end: only {DescriptorLimit.Reserve} file descriptors are left");
            Assert.InRange(limit - OpenOf(gateway), DescriptorLimit.Reserve / 2, 2 * DescriptorLimit.Reserve);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        using var later = new HttpClient { BaseAddress = http.BaseAddress };
        Assert.NotEmpty(await later.GetStringAsync("/health/live", Stop).WithinTimeoutAsync());
        Assert.Single(gateway.Output, line => line.Contains("wait until others end", StringComparison.Ordinal));
    }

    private static int OpenOf(ProgramProcess program) => Directory.GetFiles($"/proc/{program.Id}/fd").Length;

    private static async Task LimitAsync(int process, int descriptors)
    {
        using var prlimit = Process.Start(
            "prlimit", [string.Create(CultureInfo.InvariantCulture, $"--pid={process}"), string.Create(CultureInfo.InvariantCulture, $"--nofile={descriptors}")]);
        await prlimit.WaitForExitAsync(Stop);
        Assert.Equal(0, prlimit.ExitCode);
    }

    [GeneratedRegex(@"Now listening on: http://(\S+)")]
    private static partial Regex Listening();
}
