using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>What a replay gives in one turn of the ticker.</summary>
/// <param name="Changes">The quotes that changed in it.</param>
internal sealed record ReplayTurn(ImmutableArray<Quote> Changes)
{
    /// <summary>Why an exchange whose recording has said nothing yet is not live.</summary>
    public const string NotBegun = "its recording has not begun";

    /// <summary>The seconds in which trades became known in it.</summary>
    public ImmutableArray<TradedSecond> Seconds { get; init; } = [];

    /// <summary>Whether an exchange has said something of products in it, be it the same as before.</summary>
    public bool HasPrice { get; init; }

    /// <summary>Why it has no price; null if nothing in particular is known.</summary>
    public string? Cause { get; init; }

    /// <summary>Which exchanges are live; empty where clients are not told.</summary>
    public ImmutableArray<FeedStatus> Statuses { get; init; } = [];
}
