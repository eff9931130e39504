using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Grains.Storage;
using Orleans.Placement;
using Orleans.Storage;

namespace OrleansTicker.Grains.Gateways;

/// <summary>
/// Which gateways live. It is stored, so that a registry whose silo has died knows all of them at once and not only when each
/// has renewed its lease: a token that is revoked in between has to be closed everywhere. A store that is away costs that and
/// no more.
/// </summary>
[Immovable]
internal sealed partial class GatewayRegistryGrain(
    [PersistentState("gateways", StorageNames.Ticker)] IPersistentState<GatewayRegistryState> state,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<GatewayRegistryGrain> logger) : Grain, IGatewayRegistryGrain
{
    private readonly Dictionary<string, long> _heardAt = [];
    private bool _hasNews;
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

    /// <summary>Stores beside the turns: nobody waits for a store that is away. One write at a time, the last with all there is.</summary>
    private void Store()
    {
        _hasNews = true;
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
            while (_hasNews)
            {
                _hasNews = false;
                await state.WriteStateAsync();
            }
        }
        catch (InconsistentStateException e)
        {
            // Another registry has written, so this is the elder of two; the younger is told all of it with the next renewals.
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
