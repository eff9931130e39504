using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Storage;
using Orleans.Placement;
using Orleans.Storage;

namespace OrleansTicker.Grains.Gateways;

/// <summary>
/// The list of living gateways. It is stored so that a new activation knows all of them at once, not only after each has renewed its
/// lease: a token that is revoked in between must be closed everywhere. Nothing else depends on the store.
/// </summary>
[Immovable]
internal sealed partial class GatewayRegistryGrain(
    [PersistentState("gateways", StorageNames.Ticker)] IPersistentState<GatewayRegistryState> state,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<GatewayRegistryGrain> logger) : Grain, IGatewayRegistryGrain
{
    private readonly Dictionary<string, long> _heardAt = [];
    private bool _isDirty;
    private bool _isStoring;

    private Dictionary<string, IGatewayObserver> Gateways => state.State.Gateways;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var id in Gateways.Keys)
        {
            _heardAt[id] = time.GetTimestamp();
        }

        return Task.CompletedTask;
    }

    public Task AnnounceAsync(GatewayEntry gateway)
    {
        _heardAt[gateway.Id] = time.GetTimestamp();
        if (!Gateways.TryGetValue(gateway.Id, out var known) || !known.Equals(gateway.Observer))
        {
            Gateways[gateway.Id] = gateway.Observer;
            RemoveDead();
            Store();
        }

        return Task.CompletedTask;
    }

    public Task RemoveAsync(string gatewayId)
    {
        _heardAt.Remove(gatewayId);
        if (Gateways.Remove(gatewayId))
        {
            Store();
        }

        return Task.CompletedTask;
    }

    public Task<ImmutableArray<GatewayEntry>> ListAsync()
    {
        if (RemoveDead())
        {
            Store();
        }

        return Task.FromResult<ImmutableArray<GatewayEntry>>([.. Gateways.Select(gateway => new GatewayEntry(gateway.Key, gateway.Value))]);
    }

    private bool RemoveDead()
    {
        var dead = _heardAt.Where(heard => time.GetElapsedTime(heard.Value) >= options.Value.Duration).Select(heard => heard.Key).ToList();
        dead.ForEach(id => _heardAt.Remove(id));
        dead.ForEach(id => Gateways.Remove(id));
        return dead.Count > 0;
    }

    /// <summary>Stores the list in the background, one write at a time, so that no call waits for the store.</summary>
    private void Store()
    {
        _isDirty = true;
        if (!_isStoring)
        {
            _isStoring = true;
            _ = StoreAsync();
        }
    }

    private async Task StoreAsync()
    {
        try
        {
            while (_isDirty)
            {
                _isDirty = false;
                await state.WriteStateAsync();
            }
        }
        catch (InconsistentStateException e)
        {
            // Another activation has written: this is the older one. The newer one learns of all gateways as they renew their leases.
            LogNotStored(e.Message);
            DeactivateOnIdle();
        }
        catch (Exception e)
        {
            LogNotStored(e.Message);
        }
        finally
        {
            _isStoring = false;
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "The list of gateways could not be stored: {Cause}")]
    private partial void LogNotStored(string cause);
}
