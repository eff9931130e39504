namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>
/// The current price of one symbol, and what else is known of it. It is immutable, so books, ticks and states share one object and never
/// copy it. Two quotes are equal where they say the same, in every property.
/// </summary>
/// <remarks>
/// It is written without references to earlier quotes of a message, and without members that have their default value: earlier builds, in
/// which it was a struct of three members, read none.
/// </remarks>
/// <param name="Symbol">The symbol as clients see it, such as <c>BTC-USD</c>.</param>
/// <param name="Price">The price in the symbol's quote currency, with the digits its source gave.</param>
/// <param name="Time">When the price was made, by the clock of its source. It changes only with the price or <see cref="IsStale"/>.</param>
[GenerateSerializer, Immutable, SuppressReferenceTracking, OmitDefaultMemberValues, Alias("OrleansTicker.Quote")]
public sealed record Quote(
    [property: Id(0)] string Symbol,
    [property: Id(1)] decimal Price,
    [property: Id(2)] DateTimeOffset Time)
{
    /// <summary>Whether the price may be out of date, or rests on too few exchanges.</summary>
    [Id(3)]
    public bool IsStale { get; init; }

    /// <summary>The figures beside the price; null if its source gives none.</summary>
    [Id(4)]
    public QuoteDetails? Details { get; init; }

    /// <summary>Whether both say the same to a client that is sent prices only.</summary>
    public bool HasSamePrice(Quote other) => Price == other.Price && Time == other.Time && IsStale == other.IsStale;
}
