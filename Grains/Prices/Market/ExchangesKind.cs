using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Feeds;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>A market of several exchanges.</summary>
internal sealed class ExchangesKind(
    IOptions<ExchangesOptions> exchanges,
    IOptions<ConsolidationOptions> consolidation,
    IOptionsMonitor<FeedOptions> feeds,
    IGrainFactory grains,
    LocalFeeds local,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory loggers) : IPriceSourceKind
{
    public string Name => "Exchanges";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LocalFeeds>();
        services.AddSingleton<ExchangeFeeds>();
        services.AddPriceSource<ExchangesKind, ExchangesOptions, ExchangesOptionsValidator>(configuration, ExchangesOptions.Section)
            .Configure(options => options.NoLists.AddRange(
                SettingChecks.FindNoLists(configuration.GetSection(ExchangesOptions.Section), nameof(options.Names), nameof(options.Symbols))))
            .PostConfigure<IEnumerable<IExchange>, IOptions<ConsolidationOptions>>((options, all, prices) => options.FillIn(all, prices.Value.Quotes));
    }

    public void Validate() => _ = exchanges.Value.Names.ConvertAll(feeds.Get);

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => new ExchangesSource(
        exchanges.Value.Names.Select(name => new FeedLink(name, grains, local, time, loggers.CreateLogger<FeedLink>())),
        exchanges.Value.Symbols.ToHashSet(StringComparer.Ordinal),
        new Consolidator(consolidation.Value),
        known,
        time,
        loggers.CreateLogger<ExchangesSource>(),
        lifetime.ApplicationStopping);
}
