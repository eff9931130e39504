using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Gateways;

/// <summary>Which gateways the cluster knows.</summary>
public sealed class GatewayRegistryTests
{
    private readonly SilentObserver _observer = new();

    [Fact]
    public async Task Gateways_are_listed_for_as_long_as_they_renew()
    {
        await using var silo = await LeaseSilo.StartAsync();
        await silo.RenewAsync("living", _observer);
        await silo.RenewAsync("dead", _observer);
        await ListsAsync(silo, "dead", "living");

        await silo.AdvanceAsync(LeaseSilo.Lease * 2, () => silo.RenewAsync("living", _observer));

        await ListsAsync(silo, "living");
    }

    [Fact]
    public async Task A_gateway_that_leaves_is_gone_at_once()
    {
        await using var silo = await LeaseSilo.StartAsync();
        await silo.RenewAsync("one", _observer);
        await ListsAsync(silo, "one");

        await silo.Gateway("one").LeaveAsync();

        Assert.Empty(await silo.Registry.ListAsync());
        Assert.False(await silo.Gateway("one").HoldsLeaseAsync());
    }

    [Fact]
    public async Task A_registry_that_was_lost_knows_all_gateways_and_the_way_to_them_at_once()
    {
        await using var silo = await LeaseSilo.StartAsync();
        await silo.RenewAsync("one", _observer);
        await silo.RenewAsync("other", _observer);
        await ListsAsync(silo, "one", "other");

        await silo.Cluster.DeactivateAsync(silo.Registry);

        await ListsAsync(silo, "one", "other");
        foreach (var gateway in await silo.Registry.ListAsync())
        {
            await gateway.Observer.ListAsync(SessionSelector.All, 1).WithinTimeoutAsync();
        }
    }

    [Fact]
    public async Task The_way_to_a_gateway_comes_back_from_the_JSON_that_stores_it()
    {
        await using var silo = await LeaseSilo.StartAsync();
        var json = ActivatorUtilities.CreateInstance<JsonGrainStorageSerializer>(silo.Cluster.Silos[0].ServiceProvider);
        var state = new GatewayRegistryState { Gateways = { ["one"] = silo.Grains.CreateObjectReference<IGatewayObserver>(_observer) } };

        var read = json.Deserialize<GatewayRegistryState>(json.Serialize(state));

        await read!.Gateways["one"].ListAsync(SessionSelector.All, 1).WithinTimeoutAsync();
    }

    /// <summary>Waits for the list: gateways are announced beside their renewals.</summary>
    private static async Task ListsAsync(LeaseSilo silo, params string[] ids)
    {
        string[] listed = [];
        await Eventually.TrueAsync(
            () =>
            {
                listed = [.. silo.Registry.ListAsync().GetAwaiter().GetResult().Select(gateway => gateway.Id).Order()];
                return listed.SequenceEqual(ids);
            },
            $"the gateways {string.Join(", ", ids)}");
    }
}
