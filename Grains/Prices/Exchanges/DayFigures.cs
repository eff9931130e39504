namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>A product's figures of the last 24 hours. What the exchange does not say is null.</summary>
/// <param name="Open">The price 24 hours ago.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Volume">The volume in the base currency.</param>
/// <param name="Time">When it was so; null if the exchange does not say.</param>
internal readonly record struct DayFigures(
    decimal? Open, decimal? High, decimal? Low, decimal? Volume, DateTimeOffset? Time = null);
