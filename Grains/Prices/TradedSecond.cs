using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices;

/// <summary>What was traded of a symbol in one second, as far as it is known. It replaces what the source said of the same second before.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Trades">The trades.</param>
public readonly record struct TradedSecond(string Symbol, SecondTrades Trades);
