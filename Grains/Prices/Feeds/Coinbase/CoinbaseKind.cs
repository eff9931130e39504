using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Feeds.Coinbase;

/// <summary>The live feed of Coinbase Exchange.</summary>
internal sealed class CoinbaseKind(IOptions<CoinbaseOptions> options, TimeProvider time, ILoggerFactory loggers) : IPriceSourceKind
{
    private readonly CoinbaseExchange _exchange = new();

    public string Name => _exchange.Name;

    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddPriceSource<CoinbaseKind, CoinbaseOptions, CoinbaseOptionsValidator>(configuration, CoinbaseOptions.Section).PostConfigure(coinbase => coinbase.FillIn());

    public void Validate() => _ = options.Value;

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => new FeedSource(_exchange, options.Value, time, loggers);
}
