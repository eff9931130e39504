using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Gateway.Sessions.SubscriptionMessages;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What a client notices when the cluster loses its connection: nothing.</summary>
public sealed class LostConnectionTests
{
    [Fact]
    public async Task The_session_goes_on_with_the_view_that_its_client_wants()
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
        source.Say("B", 1);
        source.Say("C", 1);
        await using var gateway = await GatewayHost.StartAsync(source.Install);
        var feed = gateway.Services.GetRequiredService<IMarketFeed>();
        await Eventually.TrueAsync(() => feed.Newest.Symbols.Length == 3, "three symbols");
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","symbols":["B"],"interval_ms":1}""");
        Assert.Equal("B; 1 ms", await ViewAsync(client));
        await LoseConnectionsAsync(gateway);

        await client.SendAsync("""{"type":"ping"}""");
        await client.ReceiveAsync("pong");
        await LoseConnectionsAsync(gateway);
        await client.SendAsync("""{"type":"subscribe","symbols":["C"]}""");

        Assert.Equal("B C; 1 ms", await ViewAsync(client));
        await LoseConnectionsAsync(gateway);
        source.Say("D", 1); // A new symbol: what the session may see is reviewed.
        source.Say("C", 2);
        var ticks = new List<string?>();
        while (!ticks.Contains("C 2"))
        {
            var tick = await client.ReceiveAsync("ticker");
            ticks.AddRange(tick.GetProperty("data").EnumerateArray().Select(quote => $"{quote.GetProperty("symbol")} {quote.GetProperty("price")}"));
        }

        Assert.DoesNotContain(ticks, tick => tick!.StartsWith('A') || tick.StartsWith('D'));
        Assert.Equal(1, ticks.Count(tick => tick == "C 2"));
    }

    [Fact]
    public async Task A_message_is_answered_though_silos_are_out_of_reach_for_a_moment()
    {
        var calls = new GrainCalls
        {
            Failing = nameof(IConnectionGrain.MessageAsync), Failures = 2, Failure = () => new SiloUnavailableException(),
        };
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"ping"}""");

        await client.ReceiveAsync("pong");
    }

    [Fact]
    public async Task A_socket_opens_though_its_connection_is_out_of_reach_for_a_moment()
    {
        var calls = new GrainCalls
        {
            Failing = nameof(IConnectionGrain.JoinAsync), Failures = 2, Failure = () => new SiloUnavailableException(),
        };
        await using var gateway = await GatewayHost.StartAsync(calls.Install);

        using var client = await gateway.ConnectAsync();

        await client.ReceiveAsync("welcome");
    }

    /// <summary>Ends the activations, as the death of their silo would.</summary>
    private static async Task LoseConnectionsAsync(GatewayHost gateway)
    {
        var lost = gateway.Services.GetRequiredService<LocalConnections>().Of(gateway.Services.GetRequiredService<GatewayIdentity>().Id);
        Assert.NotEmpty(lost);
        foreach (var connection in lost)
        {
            connection.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "lost"), CancellationToken.None);
            await connection.Deactivated.WithinTimeoutAsync();
        }
    }
}
