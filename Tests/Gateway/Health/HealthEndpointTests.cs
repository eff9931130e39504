using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Shutdown;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Health;

/// <summary>What load balancers are told, who have no token.</summary>
public sealed class HealthEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_runs_is_live_and_ready_and_says_no_more()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Equal("Healthy", await gateway.Http.GetStringAsync("/health/live", Stop));
        Assert.Equal("Healthy", await gateway.Http.GetStringAsync("/health/ready", Stop));
    }

    [Fact]
    public async Task A_gateway_that_stops_is_live_and_not_ready_and_takes_no_new_sockets()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        var token = await gateway.GetTokenAsync();

        gateway.Services.GetRequiredService<GatewayState>().Stop();

        Assert.Equal("Healthy", await gateway.Http.GetStringAsync("/health/live", Stop));
        using var ready = await gateway.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", await ready.Content.ReadAsStringAsync(Stop));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ws/ticker");
        request.Headers.Authorization = new("Bearer", token);
        using var refused = await gateway.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("""{"error":"gateway stopping"}""", await refused.Content.ReadAsStringAsync(Stop));
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        await client.ReceiveAsync("ticker");
    }

    [Fact]
    public async Task Beside_them_there_is_nothing()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Http.GetAsync("/health/", Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
