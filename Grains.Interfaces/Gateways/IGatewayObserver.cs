using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>
/// Gives the cluster access to the sessions of one gateway process. <see cref="IGatewayRegistryGrain.ListAsync"/> lists all of them.
/// A call to a gateway that has died gets no answer: set a deadline.
/// </summary>
[Alias("OrleansTicker.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>The most sessions that <see cref="ListAsync"/> lists.</summary>
    const int LongestList = 10_000;

    /// <summary>Closes sessions without waiting for the closing handshakes.</summary>
    /// <param name="which">The sessions to close. A selector of all sessions is rejected.</param>
    /// <param name="code">The close code: one of those in docs/protocol.md.</param>
    /// <param name="reason">The close reason: at most 123 bytes of UTF-8.</param>
    /// <returns>The number of sessions.</returns>
    /// <exception cref="ArgumentException">The selector is empty, or the code or reason is not allowed.</exception>
    [Alias("Close")]
    Task<int> CloseAsync(SessionSelector which, int code, string reason);

    /// <summary>Lists open sessions, oldest first.</summary>
    /// <param name="which">The sessions to list.</param>
    /// <param name="most">The most to list: 1 to <see cref="LongestList"/>.</param>
    [Alias("List")]
    Task<ImmutableArray<SessionEntry>> ListAsync(SessionSelector which, int most);
}
