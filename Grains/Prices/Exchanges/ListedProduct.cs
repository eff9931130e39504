namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>A product that an exchange lists.</summary>
/// <param name="Symbol">The symbol, such as <c>BTC-USD</c>.</param>
/// <param name="Product">What the exchange's messages call it, such as <c>BTCUSD</c>.</param>
internal readonly record struct ListedProduct(string Symbol, string Product);
