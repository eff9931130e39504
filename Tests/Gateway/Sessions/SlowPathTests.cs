using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>
/// How sessions end for clients behind a path on which each packet takes 50 ms each way, and a reset overtakes what is not yet read.
/// ORLEANSTICKER_TEST_CLOSES in the environment says how many clients see each ending (docs/operations.md).
/// </summary>
public sealed class SlowPathTests
{
    private const int MostAtOnce = 100;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Each_close_code_arrives_at_every_client_and_after_it_the_end(string scheme)
    {
        var clients = int.Parse(Environment.GetEnvironmentVariable("ORLEANSTICKER_TEST_CLOSES") ?? "2", CultureInfo.InvariantCulture);
        using var path = new SlowPath(Delay);
        using var certificate = new TestCertificate();
        var url = $"{scheme}://{SlowPath.ServerAddress}:8443";
        (string, string?)[] settings = scheme == "https" ? [.. certificate.Settings, ("Kestrel:Endpoints:Https:Url", url)] : [];
        await using var gateway = await GatewayHost.StartAsync(
            builder =>
            {
                builder.WebHost.UseUrls(url);
                builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket =
                    endpoint => path.AtServer(() => SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)));
            },
            [("Ticker:Interval", "00:00:00.1"), .. settings]);
        var token = await GetTokenAsync(gateway, path);

        var lost = new List<string>();
        foreach (var batch in SessionEnding.All.Chunk(Math.Max(1, MostAtOnce / clients)))
        {
            foreach (var (ending, seen) in await Task.WhenAll(batch.Select(async ending => (ending, await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => EndAsync(ending)))))))
            {
                var others = seen.Where(end => end != $"{ending.Close}, then FIN").ToList();
                TestContext.Current.TestOutputHelper?.WriteLine($"{scheme}: {ending.Close}: {others.Count} lost of {clients}");
                lost.AddRange(others.Select(end => $"{ending.Close}: {end}"));
            }
        }

        Assert.Empty(lost);

        async Task<string> EndAsync(SessionEnding ending)
        {
            using var client = await RawClient.ConnectAsync(
                gateway.Address, token, extraHeaders: "Sec-WebSocket-Extensions: permessage-deflate\r\n", socket: path.AtClient());
            return await ending.EndAsync(client, gateway, answers: true);
        }
    }

    private static async Task<string> GetTokenAsync(GatewayHost gateway, SlowPath path)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null },
            ConnectCallback = async (context, stop) =>
            {
                var socket = path.AtClient();
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var response = await http.PostAsJsonAsync(
            new Uri(gateway.Address, "/auth/token"), new { api_key = gateway.DemoApiKey }, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString()!;
    }
}
