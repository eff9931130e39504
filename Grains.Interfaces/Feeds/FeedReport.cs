using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>A feed as operators see it. Spans end when the report was made.</summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.FeedReport")]
public sealed record FeedReport
{
    /// <summary>The exchange, as its settings name it: <c>Coinbase</c>.</summary>
    [Id(0)]
    public required string Exchange { get; init; }

    /// <summary>One life of the feed.</summary>
    [Id(1)]
    public Guid Feed { get; init; }

    /// <summary>The process that holds its connections, as its log names it; empty if none does.</summary>
    [Id(2)]
    public string Silo { get; init; } = "";

    /// <summary>Whether the exchange counts in the market's prices.</summary>
    [Id(3)]
    public bool IsLive { get; init; }

    /// <summary>What was last seen of it, in words.</summary>
    [Id(4)]
    public string Situation { get; init; } = "";

    /// <summary>How many of its connections are open.</summary>
    [Id(5)]
    public int Connections { get; init; }

    /// <summary>How long all its connections have been open; null while one is lost.</summary>
    [Id(6)]
    public TimeSpan? ConnectedFor { get; init; }

    /// <summary>How long ago the exchange last showed a sign of life; null if it never has.</summary>
    [Id(7)]
    public TimeSpan? Silence { get; init; }

    /// <summary>How many messages a second it has sent of late.</summary>
    [Id(8)]
    public double MessagesPerSecond { get; init; }

    /// <summary>How many messages it has sent since the feed began.</summary>
    [Id(9)]
    public long Messages { get; init; }

    /// <summary>How many of them could not be used.</summary>
    [Id(10)]
    public long Unusable { get; init; }

    /// <summary>How often a connection was lost since the feed began. Planned replacements do not count.</summary>
    [Id(11)]
    public long Reconnects { get; init; }

    /// <summary>How far the exchange's clock is ahead of the feed's machine; null if they agree, or nothing is known.</summary>
    [Id(12)]
    public TimeSpan? ClockDifference { get; init; }

    /// <summary>How many symbols it is asked for.</summary>
    [Id(13)]
    public int Symbols { get; init; }

    /// <summary>How many of them have a price.</summary>
    [Id(14)]
    public int Priced { get; init; }

    /// <summary>The symbols that it does not have or refuses.</summary>
    [Id(15)]
    public ImmutableArray<RefusedProduct> Refused { get; init; } = [];

    /// <summary>The symbols that do not count in the market's price, at most 100.</summary>
    [Id(16)]
    public ImmutableArray<ExcludedSymbol> Excluded { get; init; } = [];
}
