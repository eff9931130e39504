using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>A recording of the Coinbase Exchange feed.</summary>
internal sealed class ReplayKind(IOptions<ReplayOptions> options, TimeProvider time, ILogger<ReplaySource> logger) : IPriceSourceKind
{
    public string Name => "Replay";

    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddPriceSource<ReplayKind, ReplayOptions, ReplayOptionsValidator>(configuration, ReplayOptions.Section);

    public void Validate() => _ = options.Value;

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => new ReplaySource(options.Value, time, logger);
}
