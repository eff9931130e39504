using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>Reads what the ticker publishes, wherever it lives in the cluster. For one caller at a time.</summary>
public interface ITickReader
{
    /// <summary>The ticks since the call before, as soon as there is one. None where the ticker ends, or had nothing to say.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No answer came within half a second, in which a ticker that lives speaks more than once.</exception>
    Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken);
}
