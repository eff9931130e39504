using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>Reads the ticks of the ticker, on whichever silo it is active. Not thread-safe.</summary>
public interface ITickReader
{
    /// <summary>Waits for the ticks after the previous call. Returns none if the ticker has stopped or published nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No answer came within half a second, in which a living ticker publishes more than once.</exception>
    Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken);
}
