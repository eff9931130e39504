using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>Reads the ticks of the ticker, on whichever silo it is active. Not thread-safe.</summary>
public interface ITickReader
{
    /// <summary>
    /// If the ticker is active in this process, gives each tick after those that were read to a reader, as it is published, until the ticker
    /// stops or says nothing for half a second to a second. Returns true when there is nothing to follow, or nothing any more; call
    /// <see cref="ReadAsync"/> then.
    /// </summary>
    /// <param name="take">
    /// Takes a tick. It runs within the ticker's turn, which waits for it, so it must be quick. False if it can't take it: it is given no more.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False if a tick was refused.</returns>
    /// <exception cref="Exception">What <paramref name="take"/> threw, after which it is given no more.</exception>
    Task<bool> FollowAsync(Func<Tick, bool> take, CancellationToken cancellationToken);

    /// <summary>Asks the ticker, wherever it is, for the ticks after those that were read, and waits for the next one. Returns none if the ticker has stopped or published nothing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">No answer came within half a second, in which a living ticker publishes more than once.</exception>
    Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken);
}
