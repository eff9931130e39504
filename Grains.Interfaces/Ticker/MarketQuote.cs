namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>A quote and the tick that last changed it.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Seq">The seq of its last change.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.MarketQuote")]
public readonly record struct MarketQuote(
    [property: Id(0)] Quote Quote,
    [property: Id(1)] long Seq);
