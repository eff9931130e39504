using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// Reaches the sessions of one gateway from anywhere in the cluster; there is one for each gateway process
/// (<see cref="IGatewayRegistryGrain.ListAsync"/>). Calls to a gateway that has died get no answer: set a deadline.
/// </summary>
[Alias("OrleansTicker.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>The most sessions that <see cref="ListAsync"/> lists.</summary>
    const int LongestList = 10_000;

    /// <summary>Closes sessions. The answer does not wait for the closing handshakes.</summary>
    /// <param name="which">Which ones. What selects all of them is refused.</param>
    /// <param name="code">The close code: one of those in docs/protocol.md.</param>
    /// <param name="reason">The close reason: at most 123 bytes of UTF-8.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="ArgumentException">The selector is empty, or the code or reason may not be sent.</exception>
    [Alias("Close")]
    Task<int> CloseAsync(SessionSelector which, int code, string reason);

    /// <summary>Lists open sessions, the oldest first.</summary>
    /// <param name="which">Which ones.</param>
    /// <param name="most">The most to list: 1 to <see cref="LongestList"/>.</param>
    [Alias("List")]
    Task<ImmutableArray<SessionEntry>> ListAsync(SessionSelector which, int most);
}
