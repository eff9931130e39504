using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>
/// Keeps candles. Thread-safe. Its calls wait for input and output but never block the caller's thread, and each of them has a deadline of its
/// own. Only <see cref="CandleIntervals.Kept"/> are kept; of minutes and longer ones only those that are closed.
/// </summary>
public interface IHistoryStore : IAsyncDisposable
{
    /// <summary>Where it is, for people: a path, or host and database. Contains no secret.</summary>
    string Location { get; }

    /// <summary>Creates what is missing. May be repeated. Every other call may be made before; it fails if something is missing.</summary>
    /// <exception cref="HistoryUnavailableException">The store can't be reached or prepared.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What is known of a shard.</summary>
    /// <param name="shard">The number of the shard.</param>
    /// <param name="secondsFrom">The earliest open time of the seconds to read.</param>
    /// <param name="minutesFrom">The earliest open time of the minutes to read.</param>
    /// <param name="hoursFrom">The earliest open time of the hours to read.</param>
    /// <param name="madeUntil">The open time from which on candles that were not imported are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HistoryUnavailableException">The store can't be reached.</exception>
    Task<ShardHistory> LoadAsync(
        int shard,
        DateTimeOffset secondsFrom,
        DateTimeOffset minutesFrom,
        DateTimeOffset hoursFrom,
        DateTimeOffset madeUntil,
        CancellationToken cancellationToken);

    /// <summary>Takes a shard over: who has claimed it before can't write it any more, whatever kept it from noticing that others go on without it.</summary>
    /// <returns>The <see cref="ShardWrite.Claim"/> for its writes, greater than all before; 0 if nothing is kept.</returns>
    /// <exception cref="HistoryUnavailableException">The store can't be written.</exception>
    Task<long> ClaimAsync(int shard, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what several shards have, all of it or nothing, but for shards that others have claimed since. A candle replaces the one with the same
    /// symbol, interval and open time, unless that one has a later <see cref="Candle.ChangedAt"/>. A shard's position never goes back;
    /// what is final is what the write with the latest position says, which may be less than before.
    /// </summary>
    /// <returns>Those writes of which nothing was written, because others have claimed the shard.</returns>
    /// <exception cref="HistoryUnavailableException">The store can't be written; nothing was written, or it was and writing it again changes nothing.</exception>
    Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken);

    /// <summary>Reads candles of a symbol in an interval that is kept, in the order of time.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="range">The open times.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="isNewest">Whether they are the last ones of the range, and not the first ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HistoryUnavailableException">The store can't be reached.</exception>
    Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken);

    /// <summary>Reads all candles of an interval in a range, by symbol and then by time, without holding up writers.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="range">The open times; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HistoryUnavailableException">The store can't be reached.</exception>
    IAsyncEnumerable<SymbolCandle> ReadAllAsync(CandleInterval interval, TimeRange? range, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes some of what is no longer to be kept, so little that writers and readers hardly wait.
    /// </summary>
    /// <param name="limits">The open time before which the candles of an interval may go. An interval that is missing is kept for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there is more to delete.</returns>
    /// <exception cref="HistoryUnavailableException">The store can't be written.</exception>
    Task<bool> TrimAsync(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits, CancellationToken cancellationToken);

    /// <summary>What is kept.</summary>
    /// <exception cref="HistoryUnavailableException">The store can't be reached.</exception>
    Task<HistoryStats> GetStatsAsync(CancellationToken cancellationToken);
}
