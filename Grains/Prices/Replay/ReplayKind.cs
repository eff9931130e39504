using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Ticker;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>The recording of one exchange, or those of several as one market.</summary>
internal sealed class ReplayKind(
    IOptions<ReplayOptions> options,
    IOptions<ConsolidationOptions> consolidation,
    IOptions<TickerOptions> ticker,
    TimeProvider time,
    ILoggerFactory loggers) : IPriceSourceKind
{
    public string Name => "Replay";

    /// <summary>How one price is made of several; null for one recording, to which the settings of consolidated prices do not matter.</summary>
    private ConsolidationOptions? Consolidation => options.Value.IsMarket ? consolidation.Value : null;

    public static void Add(IServiceCollection services, IConfiguration configuration) =>
        services.AddPriceSource<ReplayKind, ReplayOptions, ReplayOptionsValidator>(configuration, ReplayOptions.Section);

    public void Validate() => _ = Consolidation;

    public IPriceSource Create(IReadOnlyCollection<Quote> known)
    {
        var turns = new ReplayTurns(options.Value, Consolidation, ticker.Value.Interval, loggers.CreateLogger<ReplayTurns>());
        var replay = new ReplaySource(turns, time, loggers.CreateLogger<ReplaySource>());
        return options.Value.IsMarket ? new MarketReplay(replay, options.Value.ToFiles().Select(file => file.Exchange.Name)) : replay;
    }
}
