namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>A quote and the ticks that last changed it.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Seq">The seq of its last change.</param>
/// <param name="PriceSeq">
/// The seq of the last change that a client sees that is sent prices only. Builds that know no other changes leave it 0: it then equals <paramref name="Seq"/>.
/// </param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.MarketQuote")]
public readonly record struct MarketQuote(
    [property: Id(0)] Quote Quote,
    [property: Id(1)] long Seq,
    [property: Id(2)] long PriceSeq = 0);
