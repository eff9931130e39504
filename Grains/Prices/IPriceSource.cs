using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>
/// Where prices come from. The ticker owns one source for as long as it lives. What waits for the outside (a socket, a file)
/// runs beside the ticker; the two methods below run inside its turn and never wait.
/// </summary>
public interface IPriceSource : IAsyncDisposable
{
    /// <summary>
    /// Whether the source has a price of this symbol, or may come to have one. A ticker that follows another keeps the last
    /// prices of such symbols only, so that one that was taken out of the configuration does not stay for ever.
    /// </summary>
    bool Covers(string symbol) => true;

    /// <summary>How long no usable price has come. Asked several times a second, inside the ticker's turn.</summary>
    PriceSilence Silence => default;

    /// <summary>Begins to gather prices. Called once, before the first <see cref="Collect"/>; returns at once.</summary>
    void Start();

    /// <summary>Adds the quotes that changed since the last call, each symbol at most once with its newest price.</summary>
    /// <param name="changes">Where they are added; the caller clears and reuses it.</param>
    void Collect(List<Quote> changes);
}
