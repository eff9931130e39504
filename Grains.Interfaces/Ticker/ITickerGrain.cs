namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>The ticker: one in the cluster, with key <see cref="Key"/>. It publishes every tick on <see cref="TickStream"/>.</summary>
[Alias("OrleansTicker.ITickerGrain")]
public interface ITickerGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one ticker.</summary>
    const long Key = 0;

    /// <summary>Starts the ticker where it does not run yet. Harmless at any time.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>
    /// The whole market, for a gateway that starts or has missed ticks. Who gets no answer asks again: the question before may
    /// have gone to a silo that is dead.
    /// </summary>
    [Alias("GetMarket"), ResponseTimeout("00:00:02")]
    Task<MarketSnapshot> GetMarketAsync();
}
