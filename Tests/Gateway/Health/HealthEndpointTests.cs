using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Health;

/// <summary>What load balancers, which have no token, are told.</summary>
public sealed class HealthEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_runs_is_live_and_ready_and_says_no_more()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Equal("Healthy", await gateway.Http.GetStringAsync("/health/live", Stop));
        await ExpectReadyAsync(gateway, "^Healthy$");
    }

    [Fact]
    public async Task A_gateway_that_stops_is_live_and_not_ready_and_takes_no_new_sockets()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        var token = await gateway.GetTokenAsync();
        await client.ReceiveAsync("ticker"); // The session is open: one that is still opening would be refused.

        gateway.Services.GetRequiredService<GatewayState>().Stop();

        Assert.Equal("Healthy", await gateway.Http.GetStringAsync("/health/live", Stop));
        using var ready = await gateway.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy\nThe gateway is stopping", await ready.Content.ReadAsStringAsync(Stop));
        using var refused = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("""{"error":"gateway stopping"}""", await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        await client.ReceiveAsync("ticker");
    }

    [Fact]
    public async Task A_source_without_a_usable_price_degrades_every_gateway_until_there_is_one()
    {
        var source = new ScriptedSource { Silence = new PriceSilence(TimeSpan.FromSeconds(12), "it is connected and says nothing") };
        await using var gateway = await GatewayHost.StartAsync(source.Install);

        await ExpectReadyAsync(gateway, "^Degraded\nNo usable price from Simulated for [0-9]+ s: it is connected and says nothing$");
        source.Silence = default;
        await ExpectReadyAsync(gateway, "^Healthy$");
    }

    [Fact]
    public async Task A_store_of_candles_that_is_away_degrades_the_gateway_until_it_is_back()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("data", "a file where a folder should be");
        await using var gateway = await GatewayHost.StartAsync(("History:Provider", "Sqlite"), ("History:Path", folder["data/history.db"]));

        await ExpectReadyAsync(gateway, "^Degraded\nCandles cannot be stored; prices are not affected$");
        File.Delete(file);
        await ExpectReadyAsync(gateway, "^Healthy$");
    }

    [Fact]
    public async Task Beside_them_there_is_nothing()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Http.GetAsync("/health/", Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>Asks until the answer is this one; each answer must have the form that load balancers and the page expect.</summary>
    private static async Task ExpectReadyAsync(GatewayHost gateway, string wanted)
    {
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        string body;
        do
        {
            using var response = await gateway.Http.GetAsync("/health/ready", patience.Token);
            body = await response.Content.ReadAsStringAsync(patience.Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.True(response.Headers.CacheControl?.NoStore);
        }
        while (!Regex.IsMatch(body, wanted));
    }
}
