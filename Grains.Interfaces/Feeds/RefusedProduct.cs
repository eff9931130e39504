namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>A symbol that is wanted from an exchange and does not come from it.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Reason">Why, for people: it is not listed, or the exchange's own words.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.RefusedProduct")]
public sealed record RefusedProduct(
    [property: Id(0)] string Symbol,
    [property: Id(1)] string Reason);
