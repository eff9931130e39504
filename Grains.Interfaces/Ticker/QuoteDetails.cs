namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>
/// The figures of a symbol beside its price. What is not known is null, never guessed. Prices are in the symbol's quote currency, sizes and
/// volumes in its base currency.
/// </summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, OmitDefaultMemberValues, Alias("OrleansTicker.QuoteDetails")]
public sealed record QuoteDetails
{
    /// <summary>When the newest of the figures was made, by the clock of its source.</summary>
    [Id(0)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The best bid.</summary>
    [Id(1)]
    public decimal? Bid { get; init; }

    /// <summary>The size of the best bid.</summary>
    [Id(2)]
    public decimal? BidSize { get; init; }

    /// <summary>The best ask.</summary>
    [Id(3)]
    public decimal? Ask { get; init; }

    /// <summary>The size of the best ask.</summary>
    [Id(4)]
    public decimal? AskSize { get; init; }

    /// <summary>The price of the last trade.</summary>
    [Id(5)]
    public decimal? Last { get; init; }

    /// <summary>The size of the last trade.</summary>
    [Id(6)]
    public decimal? LastSize { get; init; }

    /// <summary>The price 24 hours ago.</summary>
    [Id(7)]
    public decimal? Open { get; init; }

    /// <summary>The highest price of the last 24 hours.</summary>
    [Id(8)]
    public decimal? High { get; init; }

    /// <summary>The lowest price of the last 24 hours.</summary>
    [Id(9)]
    public decimal? Low { get; init; }

    /// <summary>The volume of the last 24 hours.</summary>
    [Id(10)]
    public decimal? DayVolume { get; init; }

    /// <summary>How many trades were made since the epoch began, so that a conflated client knows how many it has not seen.</summary>
    [Id(11)]
    public long Trades { get; init; }

    /// <summary>The volume traded since the epoch began.</summary>
    [Id(12)]
    public decimal Volume { get; init; }

    /// <summary>How many exchanges the price rests on; null if it does not come from exchanges.</summary>
    [Id(13)]
    public int? Sources { get; init; }

    /// <summary>Half the distance between the highest and the lowest price that it rests on; null if there are not two.</summary>
    [Id(14)]
    public decimal? Confidence { get; init; }

    /// <summary>Whether the figures are invented, and no exchange has said them.</summary>
    [Id(15)]
    public bool IsSimulated { get; init; }

    /// <summary>Whether both say the same, whenever they said it.</summary>
    public bool HasSameFigures(QuoteDetails other) => this == other || this with { UpdatedAt = other.UpdatedAt } == other;
}
