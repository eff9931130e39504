using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Gateways;

/// <summary>Real silos with connections and gateways' leases; the leases run by a clock that tests hold in their hands.</summary>
internal sealed class LeaseSilo : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private readonly InProcessTestCluster _cluster;

    private LeaseSilo(InProcessTestCluster cluster, FakeTimeProvider time) => (_cluster, Time) = (cluster, time);

    public FakeTimeProvider Time { get; }

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Cluster => _cluster;

    public IGatewayRegistryGrain Registry => Grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);

    public static async Task<LeaseSilo> StartAsync(short silos = 1)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            // The silo itself runs on the real clock.
            silo.Services.MakeSiloLight().AddSingleton<TimeProvider>(time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddMemoryGrainStorage(StorageNames.Ticker);
            silo.Services.AddGateways(silo.Configuration).AddPolicies(silo.Configuration);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new LeaseSilo(cluster, time);
    }

    /// <summary>A connection of this gateway that has joined.</summary>
    public async Task<IConnectionGrain> JoinAsync(string gatewayId)
    {
        var connection = Grains.GetGrain<IConnectionGrain>(Guid.NewGuid().ToString("N"));
        await connection.JoinAsync(Request(gatewayId), ["A", "B"]);
        return connection;
    }

    public static JoinRequest Request(string gatewayId, DesiredSubscription? desired = null) =>
        new(new Actor("user:demo", ImmutableDictionary<string, string>.Empty), ["user_policy"], DateTimeOffset.MaxValue, gatewayId, desired);

    public IGatewayGrain Gateway(string gatewayId) => Grains.GetGrain<IGatewayGrain>(gatewayId);

    /// <summary>Renews a gateway's lease.</summary>
    public Task<GatewayLease> RenewAsync(string gatewayId, IGatewayObserver observer) =>
        Gateway(gatewayId).RenewAsync(Grains.CreateObjectReference<IGatewayObserver>(observer));

    public bool IsActive(IAddressable grain) => _cluster.TryGetGrainContext(grain.GetGrainId(), out _);

    /// <summary>Lets the clock go on, as far as the fact needs it to, in steps in which living gateways renew.</summary>
    public async Task AdvanceAsync(TimeSpan by, Func<Task>? living = null)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += Lease / 6)
        {
            await (living?.Invoke() ?? Task.CompletedTask);
            Time.Advance(Lease / 6);
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
