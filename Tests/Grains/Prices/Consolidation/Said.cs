using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>What an exchange says at an instant.</summary>
/// <param name="Exchange">The number of the exchange.</param>
/// <param name="Quote">What it says.</param>
/// <param name="Feed">The life of its feed.</param>
/// <param name="IsHeard">Whether that is a sign of life.</param>
/// <param name="Milliseconds">How long it takes until something else is said.</param>
internal sealed record Said(int Exchange, ExchangeQuote Quote, Guid Feed, bool IsHeard, int Milliseconds);
