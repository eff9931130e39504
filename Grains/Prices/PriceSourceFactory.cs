using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Coinbase;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Grains.Prices;

/// <summary>Makes the configured source. Only the chosen source's options are ever read.</summary>
internal sealed class PriceSourceFactory(
    IOptions<PriceOptions> prices,
    IOptions<SimulatedOptions> simulated,
    IOptions<CoinbaseOptions> coinbase,
    IOptions<ReplayOptions> replay,
    TimeProvider time,
    ILoggerFactory loggers) : IPriceSourceFactory
{
    public IPriceSource Create() => Create([]);

    public IPriceSource Create(IReadOnlyCollection<Quote> known)
    {
        var source = prices.Value.Source;
        if (PriceSourceNames.AreEqual(source, PriceSourceNames.Coinbase))
        {
            return new CoinbaseSource(coinbase.Value, time, loggers);
        }

        if (PriceSourceNames.AreEqual(source, PriceSourceNames.Replay))
        {
            return new ReplaySource(replay.Value, time, loggers.CreateLogger<ReplaySource>());
        }

        return new SimulatedSource(simulated.Value, time, known);
    }
}
