using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Market;

/// <summary>Where the prices of a market come from.</summary>
/// <param name="Source">
/// The source as clients are told it: <c>simulated</c>, <c>replay</c>, <c>exchanges</c>, or the name of one exchange, as in symbols; null if the
/// ticker has not said it.
/// </param>
/// <param name="Feeds">The exchanges of the market; empty if the source has none.</param>
internal sealed record PriceOrigin(string? Source, ImmutableArray<FeedStatus> Feeds)
{
    /// <summary>Before the ticker has said anything.</summary>
    public static PriceOrigin Unknown { get; } = new(null, []);

    /// <summary>The origin after more was told.</summary>
    /// <param name="source">The source, as <c>Ticker:Source</c> names it; null if it is the same as before.</param>
    /// <param name="feeds">The exchanges; null if nothing of them has changed.</param>
    /// <returns>This instance if that is what it says already, so that a change is seen by comparing references.</returns>
    public PriceOrigin After(string? source, ImmutableArray<FeedStatus>? feeds)
    {
        var name = source?.ToLowerInvariant() ?? Source;
        var told = feeds is { } some && !some.AsSpan().SequenceEqual(Feeds.AsSpan()) ? some : Feeds;
        return name == Source && told == Feeds ? this : new PriceOrigin(name, told);
    }
}
