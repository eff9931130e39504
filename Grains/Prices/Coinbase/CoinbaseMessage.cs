using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>A message of the feed, parsed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Quote">The price, of a <see cref="CoinbaseMessageKind.Ticker"/>.</param>
/// <param name="Error">What the exchange says, of an <see cref="CoinbaseMessageKind.Error"/>; bounded in length.</param>
internal readonly record struct CoinbaseMessage(CoinbaseMessageKind Kind, Quote Quote = default, string? Error = null);
