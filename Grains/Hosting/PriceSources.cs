using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Feeds.Coinbase;
using OrleansTicker.Grains.Prices.Market;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Grains.Hosting;

/// <summary>All kinds of price sources.</summary>
internal static class PriceSources
{
    /// <summary>Adds <see cref="IPriceSourceFactory"/>, bound to section <c>Ticker</c>. A wrong setting stops the start.</summary>
    public static IServiceCollection AddPriceSources(this IServiceCollection services, IConfiguration configuration)
    {
        SimulatedKind.Add(services, configuration);
        services.AddExchange(configuration, new CoinbaseAdapter(), "BTC-USD", "ETH-USD", "SOL-USD");
        ReplayKind.Add(services, configuration);
        ExchangesKind.Add(services, configuration);
        return services.AddPriceSourceFactory(configuration);
    }
}
