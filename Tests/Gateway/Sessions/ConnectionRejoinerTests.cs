using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Tests.Gateway.Delivery;
using OrleansTicker.Tests.Grains.Gateways;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>What a gateway does for its connections when silos die, even if no client sends anything. The silos are real, and one is killed.</summary>
public sealed class ConnectionRejoinerTests
{
    private readonly SessionRegistry _sessions = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_have_died_with_their_silo_are_joined_again_elsewhere()
    {
        await using var silo = await LeaseSilo.StartAsync(silos: 2);
        var gateway = new GatewayIdentity(silo.Time);
        using var lease = LeaseOf(silo, gateway);
        using var rejoiner = new ConnectionRejoiner(lease, _sessions, silo.Time, NullLogger<ConnectionRejoiner>.Instance);
        await lease.StartAsync(Stop);
        await rejoiner.StartAsync(Stop);
        var connections = await JoinAsync(silo, gateway, 30);

        var victim = silo.Cluster.Silos.First(handle => connections.Any(connection => IsOn(silo, connection, handle.SiloAddress)));
        await silo.Cluster.KillSiloAsync(victim, Stop).WithinTimeoutAsync();
        await PassAsync(silo, () => connections.All(silo.IsActive), "all connections active again");

        // A connection is active from the moment that its join is on the way.
        await Eventually.TrueAsync(async () => (await Task.WhenAll(connections.Select(HasJoinedAsync))).All(joined => joined), "all connections joined again");
        await rejoiner.StopAsync(Stop);
        await lease.StopAsync(Stop);
    }

    [Fact]
    public async Task Connections_that_were_let_go_because_the_lease_had_run_out_are_joined_again()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var gateway = new GatewayIdentity(silo.Time);
        using var lease = LeaseOf(silo, gateway);
        using var rejoiner = new ConnectionRejoiner(lease, _sessions, silo.Time, NullLogger<ConnectionRejoiner>.Instance);
        await lease.StartAsync(Stop);
        await rejoiner.StartAsync(Stop);
        var connection = Assert.Single(await JoinAsync(silo, gateway, 1));
        Assert.True(lease.IsHeld);

        await silo.Cluster.DeactivateAsync(connection);
        Assert.False(silo.IsActive(connection));
        silo.Time.Advance(LeaseSilo.Lease * 2); // As long as the gateway's process was suspended.
        await PassAsync(silo, () => silo.IsActive(connection), "the connection active again");

        Assert.True(lease.IsHeld);
        await rejoiner.StopAsync(Stop);
        await lease.StopAsync(Stop);
    }

    [Fact]
    public async Task A_gateway_that_stops_gives_its_lease_back()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var gateway = new GatewayIdentity(silo.Time);
        using var lease = LeaseOf(silo, gateway);
        await lease.StartAsync(Stop);
        Assert.True(await silo.Gateway(gateway.Id).HoldsLeaseAsync());

        await lease.StopAsync(Stop);

        Assert.False(await silo.Gateway(gateway.Id).HoldsLeaseAsync());
        Assert.Empty(await silo.Registry.ListAsync());
    }

    private LeaseKeeper LeaseOf(LeaseSilo silo, GatewayIdentity gateway) => new(
        silo.Grains,
        gateway,
        new GatewayObserver(gateway, _sessions, new RevokedTokens(silo.Time), NullLogger<GatewayObserver>.Instance),
        silo.Time,
        NullLogger<LeaseKeeper>.Instance);

    private async Task<IConnectionGrain[]> JoinAsync(LeaseSilo silo, GatewayIdentity gateway, int count)
    {
        var connections = new ConnectionFactory(silo.Grains, gateway, TimeProvider.System, NullLogger<ConnectionFactory>.Instance);
        var joined = new List<IConnectionGrain>();
        for (var number = 0; number < count; number++)
        {
            var id = $"c{number}";
            var connection = connections.Create(id, DemoActor.Instance, RequestMetadata.None);
            await connection.JoinAsync(Ticks.State(7, 1, ("A", 1, 1)));
            new TestSession(new ScriptedSocket(), ["A"], silo.Time) { Id = id }.Register(_sessions, connection, IPAddress.Loopback);
            joined.Add(silo.Grains.GetGrain<IConnectionGrain>(id));
        }

        return [.. joined];
    }

    private static async Task<bool> HasJoinedAsync(IConnectionGrain connection)
    {
        try
        {
            Assert.Equal(["A"], (await connection.ReviewAsync(["A"])).Symbols);
            return true;
        }
        catch (NotJoinedException)
        {
            return false;
        }
    }

    private static bool IsOn(LeaseSilo silo, IConnectionGrain connection, SiloAddress address) =>
        silo.Cluster.TryGetGrainContext(connection.GetGrainId(), out var context) && context.Address.SiloAddress == address;

    /// <summary>Advances the clock until the fact is true.</summary>
    private static Task PassAsync(LeaseSilo silo, Func<bool> fact, string what) => Eventually.TrueAsync(
        () =>
        {
            silo.Time.Advance(TimeSpan.FromMilliseconds(20));
            return fact();
        },
        what);
}
