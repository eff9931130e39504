namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// The lease of one gateway process; its key is the gateway's id. State is kept for a gateway for as long as its lease is valid. The lease
/// itself is in memory: a new activation gives the gateway the time of one lease to renew it.
/// </summary>
[Alias("OrleansTicker.IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>Renews the lease.</summary>
    /// <param name="observer">How to reach the gateway.</param>
    /// <returns>How long the lease is valid, and how many silos have died.</returns>
    [Alias("Renew")]
    Task<GatewayLease> RenewAsync(IGatewayObserver observer);

    /// <summary>Whether the lease is valid. A new activation assumes so until the gateway has had time to renew it.</summary>
    [Alias("HoldsLease")]
    Task<bool> HoldsLeaseAsync();

    /// <summary>Ends the lease of a gateway that stops. Idempotent.</summary>
    [Alias("Leave")]
    Task LeaveAsync();
}
