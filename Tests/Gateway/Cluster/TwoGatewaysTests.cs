using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Cluster;

/// <summary>What two gateways of one cluster do for each other's clients.</summary>
public sealed class TwoGatewaysTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_are_listed_and_closed_wherever_they_are()
    {
        await using var gateways = await TwoGateways.StartAsync();
        using var one = await gateways.First.ConnectAsync();
        using var other = await gateways.Second.ConnectAsync();
        await one.ReceiveAsync("ticker");
        await other.ReceiveAsync("ticker");
        await gateways.BothAreKnownAsync();
        var registry = gateways.First.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);
        var known = await registry.ListAsync().WithinTimeoutAsync();

        var sessions = await Task.WhenAll(known.Select(gateway => gateway.Observer.ListAsync(SessionSelector.All, 10))).WithinTimeoutAsync();
        var closed = await Task.WhenAll(known.Select(gateway => gateway.Observer.CloseAsync(new SessionSelector(ActorId: "user:demo"), 4401, "token revoked"))).WithinTimeoutAsync();

        Assert.Equal(
            new[] { IdOf(gateways.First), IdOf(gateways.Second) }.Order(),
            sessions.Select(list => Assert.Single(list).GatewayId).Order());
        Assert.Equal([1, 1], closed);
        Assert.Equal(4401, (await one.ReceiveCloseAsync()).Code);
        Assert.Equal(4401, (await other.ReceiveCloseAsync()).Code);
    }

    [Fact]
    public async Task A_client_that_is_sent_away_resumes_on_the_other_gateway_and_misses_nothing()
    {
        await using var gateways = await TwoGateways.StartAsync();
        var token = await gateways.Second.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(gateways.Second.Address, token);
        await client.ReceiveAsync("ticker");

        var stopping = gateways.Second.StopAsync();
        await client.ReceiveAsync("reconnect");
        var last = await client.ReceiveAsync("ticker");
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        using var again = await TickerClient.ConnectAsync(
            gateways.First.Address, token, $"epoch={last.GetProperty("epoch")}&seq={last.GetProperty("seq")}");
        var next = await again.ReceiveAsync("ticker");

        Assert.Equal(last.GetProperty("epoch").GetInt64(), next.GetProperty("epoch").GetInt64());
        Assert.Equal(last.GetProperty("seq").GetInt64(), next.GetProperty("prev_seq").GetInt64());
        await client.ReceiveCloseAsync();
        await stopping.WithinTimeoutAsync();
    }

    [Fact]
    public async Task A_gateway_that_stops_leaves_nothing_in_the_cluster()
    {
        await using var gateways = await TwoGateways.StartAsync();
        var stopped = IdOf(gateways.Second);
        using var client = await gateways.Second.ConnectAsync();
        await client.ReceiveAsync("ticker");

        var stopping = gateways.Second.StopAsync();
        await client.ReceiveCloseAsync();
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await stopping.WithinTimeoutAsync();

        var left = await gateways.First.Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key).ListAsync().WithinTimeoutAsync();
        Assert.DoesNotContain(stopped, left.Select(gateway => gateway.Id));
        Assert.DoesNotContain(stopped, gateways.First.Services.GetRequiredService<LocalConnections>().Gateways);
    }

    [Fact]
    public async Task Silent_sessions_of_a_gateway_get_their_connections_back_when_the_other_silo_goes()
    {
        await using var gateways = await TwoGateways.StartAsync();
        using var client = await gateways.First.ConnectAsync();
        var id = (await client.ReceiveAsync("welcome")).GetProperty("connection_id").GetString()!;
        var connections = gateways.First.Services.GetRequiredService<LocalConnections>();
        var lost = Assert.Single(connections.Of(IdOf(gateways.First)));
        lost.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "lost"), CancellationToken.None);
        await lost.Deactivated.WithinTimeoutAsync();

        await gateways.Second.StopAsync().WithinTimeoutAsync();

        await Eventually.TrueAsync(() => connections.Of(IdOf(gateways.First)).Length == 1, "the connection joined again");
        Assert.Equal(id, connections.Of(IdOf(gateways.First))[0].GrainId.Key.ToString());
        Assert.Equal(1, gateways.First.Services.GetRequiredService<SessionRegistry>().Count);
        await client.ReceiveAsync("ticker");
    }

    private static string IdOf(GatewayHost gateway) => gateway.Services.GetRequiredService<GatewayIdentity>().Id;
}
