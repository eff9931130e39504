using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Exchanges.Catalog;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Market;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Grains.Hosting;

/// <summary>All kinds of price sources.</summary>
internal static class PriceSources
{
    private static readonly string[] DefaultCurrencies = ["BTC", "ETH", "SOL"];

    /// <summary>Adds <see cref="IPriceSourceFactory"/>, bound to section <c>Ticker</c>. A wrong setting stops the start.</summary>
    public static IServiceCollection AddPriceSources(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddConsolidation(configuration);
        SimulatedKind.Add(services, configuration);
        foreach (var exchange in ExchangeCatalog.All)
        {
            services.AddExchange(configuration, exchange, SymbolsOf(exchange));
        }

        ReplayKind.Add(services, configuration);
        ExchangesKind.Add(services, configuration);
        return services.AddPriceSourceFactory(configuration);
    }

    /// <summary>What an exchange is asked for by itself, if nothing is configured.</summary>
    private static string[] SymbolsOf(IExchange exchange) =>
        [.. DefaultCurrencies.Select(currency => PairText.Join(currency, exchange.QuoteCurrency))];
}
