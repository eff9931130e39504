using OrleansTicker.Grains.Prices.Exchanges.Binance;
using OrleansTicker.Grains.Prices.Exchanges.Bitstamp;
using OrleansTicker.Grains.Prices.Exchanges.Coinbase;
using OrleansTicker.Grains.Prices.Exchanges.Kraken;
using OrleansTicker.Grains.Prices.Exchanges.Okx;

namespace OrleansTicker.Grains.Prices.Exchanges.Catalog;

/// <summary>The exchanges that the program knows.</summary>
internal static class ExchangeCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IExchange> All { get; } =
        [new CoinbaseExchange(), new KrakenExchange(), new BinanceExchange(), new BitstampExchange(), new OkxExchange()];

    /// <summary>The exchange of that name, in upper or lower case; null if there is none.</summary>
    public static IExchange? Find(string name) => All.FirstOrDefault(exchange => string.Equals(exchange.Name, name, StringComparison.OrdinalIgnoreCase));
}
