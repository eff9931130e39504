namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>A trade, or several at one price that an exchange reports as one.</summary>
/// <param name="Price">The price, above zero.</param>
/// <param name="Size">The size in the base currency; null if it is not known.</param>
/// <param name="Time">When it was made; null if the exchange does not say.</param>
/// <param name="Id">Its number, which increases with each trade of the product; the last one's of several; null if it has none.</param>
/// <param name="Count">How many trades it stands for.</param>
/// <param name="IsRepeated">
/// Whether it only repeats what was or will be reported elsewhere, such as the last trade in a summary: it then gives a price and is not counted.
/// </param>
internal readonly record struct Trade(
    decimal Price, decimal? Size = null, DateTimeOffset? Time = null, long? Id = null, int Count = 1, bool IsRepeated = false);
