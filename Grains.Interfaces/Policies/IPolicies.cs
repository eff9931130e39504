using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Policies;

/// <summary>The policies of the current configuration.</summary>
public interface IPolicies
{
    /// <summary>The ids of the policies that belong to any of the groups.</summary>
    ImmutableArray<string> ScopeOf(IEnumerable<string> groups);

    /// <summary>
    /// Whether the actor may do this: at least one policy of the scope allows it and none denies it. An empty scope allows nothing, and ids
    /// of policies that no longer exist are ignored.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="scope">The policy ids attached to the actor's token.</param>
    /// <param name="action">What is done, such as <c>connection.open</c>.</param>
    /// <param name="resource">What it is done to, such as <c>symbol:BTC-USD</c>.</param>
    /// <param name="metadata">What is known of the request; null for nothing.</param>
    bool Allows(
        Actor actor, ImmutableArray<string> scope, string action, ReadOnlySpan<char> resource, RequestMetadata? metadata = null);
}
