namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>Checks <see cref="CoinbaseOptions"/>.</summary>
internal sealed class CoinbaseOptionsValidator() : FeedOptionsValidator<CoinbaseOptions>(CoinbaseOptions.Section);
