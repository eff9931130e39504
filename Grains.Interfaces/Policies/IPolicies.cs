using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Policies;

/// <summary>The policies as they are configured at the moment of asking.</summary>
public interface IPolicies
{
    /// <summary>The ids of the policies that belong to any of the groups.</summary>
    ImmutableArray<string> ScopeOf(IEnumerable<string> groups);

    /// <summary>
    /// Whether the actor may do this: some policy of the scope allows it and none denies it. An empty scope may do nothing,
    /// and ids of policies that no longer exist count as absent.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="scope">The policy ids attached to the actor's token.</param>
    /// <param name="action">What is done, such as <c>connection.open</c>.</param>
    /// <param name="resource">What it is done to, such as <c>symbol:BTC-USD</c>.</param>
    /// <param name="metadata">What is known of the request that asks; null for nothing.</param>
    bool Allows(
        Actor actor, ImmutableArray<string> scope, string action, ReadOnlySpan<char> resource, RequestMetadata? metadata = null);
}
