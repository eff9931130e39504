using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>Creates the price source that <c>Ticker:Source</c> names.</summary>
public interface IPriceSourceFactory
{
    /// <summary>Creates a source that has not been started. The caller disposes it.</summary>
    IPriceSource Create();

    /// <summary>Creates a source for a new activation of the ticker. A simulated source continues from the known prices.</summary>
    /// <param name="known">The last known quotes; empty if there are none.</param>
    IPriceSource Create(IReadOnlyCollection<Quote> known) => Create();
}
