using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Registers exchanges.</summary>
internal static class ExchangeServices
{
    /// <summary>
    /// Adds an exchange, its settings in the section of its name, and the kind of source that it is by itself. Its settings are validated
    /// when they are asked for by that name, so those of exchanges that are not used may be anything.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="symbols">The symbols of the source by itself where none are configured.</param>
    public static IServiceCollection AddExchange(
        this IServiceCollection services, IConfiguration configuration, IExchange exchange, params string[] symbols)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>());
        services.AddOptions<FeedOptions>(exchange.Name)
            .Bind(configuration.GetSection(FeedOptions.SectionOf(exchange.Name)))
            .Configure(options => options.NoLists.AddRange(
                SettingChecks.FindNoLists(configuration.GetSection(FeedOptions.SectionOf(exchange.Name)), nameof(options.Products))))
            .PostConfigure<IHostEnvironment>((options, environment) => options.ProductsPath = PathOf(options.ProductsPath, exchange, environment));
        services.AddSingleton(exchange);
        return services.AddSingleton<IPriceSourceKind>(provider => new ExchangeKind(
            exchange,
            symbols,
            provider.GetRequiredService<IOptionsMonitor<FeedOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
    }

    private static string PathOf(string? path, IExchange exchange, IHostEnvironment environment) =>
        path is "" ? "" : Path.GetFullPath(path ?? $"data/products/{exchange.Name.ToLowerInvariant()}.json", environment.ContentRootPath);
}
