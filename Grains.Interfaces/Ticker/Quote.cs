namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>
/// The current price of one symbol. It is immutable, so books, ticks and states share one object and never copy it, however much it comes
/// to say: figures that not every source gives are to be optional init properties, null where they are absent. Two quotes are equal
/// where they say the same, in every property.
/// </summary>
/// <remarks>It is written without references to earlier quotes of a message: earlier builds, in which it was a struct, read none.</remarks>
/// <param name="Symbol">The symbol as clients see it, such as <c>BTC-USD</c>.</param>
/// <param name="Price">The price in the symbol's quote currency, with the digits its source gave.</param>
/// <param name="Time">When the price was made, by the clock of its source.</param>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("OrleansTicker.Quote")]
public sealed record Quote(
    [property: Id(0)] string Symbol,
    [property: Id(1)] decimal Price,
    [property: Id(2)] DateTimeOffset Time);
