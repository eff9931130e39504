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
}
