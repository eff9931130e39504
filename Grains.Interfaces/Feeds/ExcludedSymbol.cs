namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>A symbol whose price at one exchange does not count in the market's price.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Reason">Why, for people.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ExcludedSymbol")]
public sealed record ExcludedSymbol(
    [property: Id(0)] string Symbol,
    [property: Id(1)] string Reason);
