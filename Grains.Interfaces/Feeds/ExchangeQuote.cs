using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>What one exchange has said about one symbol so far. What it has not said is null.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, OmitDefaultMemberValues, Alias("OrleansTicker.ExchangeQuote")]
public sealed record ExchangeQuote
{
    /// <summary>The symbol without the exchange, such as <c>BTC-USD</c>.</summary>
    [Id(0)]
    public required string Symbol { get; init; }

    /// <summary>When the newest figure was made: the exchange's time, or the time of receipt if it gives none.</summary>
    [Id(1)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How long ago the exchange last said anything about the symbol, on the feed's monotonic clock, when this was made.</summary>
    [Id(2)]
    public TimeSpan Age { get; init; }

    /// <summary>Whether the connection that carries the symbol is lost. The figures are the last ones then.</summary>
    [Id(3)]
    public bool IsAway { get; init; }

    /// <summary>The best bid.</summary>
    [Id(4)]
    public decimal? Bid { get; init; }

    /// <summary>The size of the best bid.</summary>
    [Id(5)]
    public decimal? BidSize { get; init; }

    /// <summary>The best ask.</summary>
    [Id(6)]
    public decimal? Ask { get; init; }

    /// <summary>The size of the best ask.</summary>
    [Id(7)]
    public decimal? AskSize { get; init; }

    /// <summary>The price of the last trade.</summary>
    [Id(8)]
    public decimal? Last { get; init; }

    /// <summary>The size of the last trade.</summary>
    [Id(9)]
    public decimal? LastSize { get; init; }

    /// <summary>When the last trade was made.</summary>
    [Id(10)]
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The price 24 hours ago.</summary>
    [Id(11)]
    public decimal? Open { get; init; }

    /// <summary>The highest price of the last 24 hours.</summary>
    [Id(12)]
    public decimal? High { get; init; }

    /// <summary>The lowest price of the last 24 hours.</summary>
    [Id(13)]
    public decimal? Low { get; init; }

    /// <summary>The volume of the last 24 hours, in the base currency.</summary>
    [Id(14)]
    public decimal? DayVolume { get; init; }

    /// <summary>How many trades were seen since the feed began.</summary>
    [Id(15)]
    public long Trades { get; init; }

    /// <summary>The volume of those trades, in the base currency.</summary>
    [Id(16)]
    public decimal Volume { get; init; }

    /// <summary>
    /// The trades of the seconds in which some have become known since the quote before; in a whole update those of the last few seconds.
    /// Null if there are none.
    /// </summary>
    [Id(17)]
    public ImmutableArray<SecondTrades>? Seconds { get; init; }
}
