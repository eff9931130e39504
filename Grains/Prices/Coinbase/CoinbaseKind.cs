using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>The prices of Coinbase Exchange.</summary>
internal sealed class CoinbaseKind(IOptions<CoinbaseOptions> options, TimeProvider time, ILoggerFactory loggers) : IPriceSourceKind
{
    public string Name => "Coinbase";

    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddPriceSource<CoinbaseKind, CoinbaseOptions, CoinbaseOptionsValidator>(configuration, CoinbaseOptions.Section).PostConfigure(coinbase => coinbase.FillIn());

    public void Validate() => _ = options.Value;

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => new CoinbaseSource(options.Value, time, loggers);
}
