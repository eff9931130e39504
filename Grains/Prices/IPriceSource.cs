using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>
/// A source of prices. The ticker owns one source. Input and output run in the background; the members below are called in the ticker's
/// turns and never wait.
/// </summary>
public interface IPriceSource : IAsyncDisposable
{
    /// <summary>
    /// Whether the source may deliver prices of this symbol. A new activation of the ticker keeps the last prices of such symbols only, so
    /// that a symbol that was removed from the configuration disappears.
    /// </summary>
    bool Covers(string symbol) => true;

    /// <summary>How long no usable price has come. Called several times a second.</summary>
    PriceSilence Silence => default;

    /// <summary>Starts to receive prices. Called once, before the first <see cref="Collect"/>. Returns at once.</summary>
    void Start();

    /// <summary>Adds the quotes that changed since the last call, at most one for each symbol.</summary>
    /// <param name="changes">The list to add to. The caller clears and reuses it.</param>
    void Collect(List<Quote> changes);

    /// <summary>
    /// Whether the price of a symbol is that of its last trade. Its candles are then made of <see cref="CollectTrades"/> alone; otherwise their
    /// prices come from the quotes, and only trades and volumes from there.
    /// </summary>
    bool IsPricedByTrades(string symbol) => false;

    /// <summary>
    /// Adds the seconds in which trades have become known since the last call, at most one entry for each symbol and second. Called after each
    /// <see cref="Collect"/>.
    /// </summary>
    /// <param name="seconds">The list to add to. The caller clears and reuses it.</param>
    void CollectTrades(List<TradedSecond> seconds)
    {
    }
}
