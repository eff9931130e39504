namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// The lease of one gateway process; its key is the gateway's id. Whoever keeps something for a gateway keeps it for as long as
/// the lease holds. It is kept in memory: a new activation gives a gateway the time of one lease to come and renew it.
/// </summary>
[Alias("OrleansTicker.IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>The gateway lives.</summary>
    /// <param name="observer">The way to the gateway.</param>
    /// <returns>For how long that counts, and whether silos have gone.</returns>
    [Alias("Renew")]
    Task<GatewayLease> RenewAsync(IGatewayObserver observer);

    /// <summary>Whether the gateway lives: its lease holds, or there was no time yet to renew it here.</summary>
    [Alias("HoldsLease")]
    Task<bool> HoldsLeaseAsync();

    /// <summary>The gateway stops and keeps nothing any more. Harmless to say twice.</summary>
    [Alias("Leave")]
    Task LeaveAsync();
}
