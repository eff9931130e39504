using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Gateways;
using Orleans.Placement;

namespace OrleansTicker.Grains.Gateways;

/// <summary>The lease of one gateway. The registry is notified in the background, so a registry that is out of reach does not affect the lease.</summary>
[Immovable]
internal sealed partial class GatewayGrain(
    ISiloStatusOracle silos,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<GatewayGrain> logger) : Grain, IGatewayGrain
{
    private readonly TimeSpan _duration = options.Value.Duration;
    private readonly HashSet<SiloAddress> _dead = []; // Kept because the membership table forgets dead silos after a while.
    private long _renewedAt;
    private bool _hasLeft;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The previous activation may have died with its silo. Give the gateway time to renew its lease here.
        _renewedAt = time.GetTimestamp();
        return Task.CompletedTask;
    }

    public Task<GatewayLease> RenewAsync(IGatewayObserver observer)
    {
        _renewedAt = time.GetTimestamp();
        _hasLeft = false;
        _ = AnnounceAsync(new GatewayEntry(this.GetPrimaryKeyString(), observer));
        _dead.UnionWith(silos.GetApproximateSiloStatuses().Where(silo => silo.Value == SiloStatus.Dead).Select(silo => silo.Key));
        return Task.FromResult(new GatewayLease(_duration, _dead.Count));
    }

    public Task<bool> HoldsLeaseAsync() => Task.FromResult(!_hasLeft && time.GetElapsedTime(_renewedAt) < _duration);

    public async Task LeaveAsync()
    {
        _hasLeft = true; // This activation stays, because a new one would first assume that the gateway is alive.
        await Registry.RemoveAsync(this.GetPrimaryKeyString());
    }

    private IGatewayRegistryGrain Registry => GrainFactory.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key);

    private async Task AnnounceAsync(GatewayEntry gateway)
    {
        try
        {
            await Registry.AnnounceAsync(gateway);
        }
        catch (Exception e)
        {
            // The next renewal announces it again.
            LogNotAnnounced(gateway.Id, e.Message);
        }
    }

    [LoggerMessage(1300, LogLevel.Warning, "Gateway {GatewayId} could not be announced to the registry: {Cause}")]
    private partial void LogNotAnnounced(string gatewayId, string cause);
}
