using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>Makes the price source that the configuration names in <c>Ticker:Source</c>.</summary>
public interface IPriceSourceFactory
{
    /// <summary>A new source that has not been started. The caller disposes of it.</summary>
    IPriceSource Create();

    /// <summary>A new source for a ticker that follows another. A source that makes its own prices goes on from these.</summary>
    /// <param name="known">The last known quotes; empty for a first life.</param>
    IPriceSource Create(IReadOnlyCollection<Quote> known) => Create();
}
