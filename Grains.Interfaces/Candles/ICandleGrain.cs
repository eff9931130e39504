using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>
/// The candles of a shard: every symbol belongs to one of <see cref="Shards"/>, so that they spread over the silos. The grain's key is the
/// number of the shard (<see cref="ShardOf"/>). Calls that fail may be repeated: the shard's silo may have died.
/// </summary>
[Alias("OrleansTicker.ICandleGrain")]
public interface ICandleGrain : IGrainWithIntegerKey
{
    /// <summary>How many shards there are. Stored with the candles, so it never changes.</summary>
    const int Shards = 64;

    /// <summary>How long <see cref="WatchAsync"/> waits for a change. The ticker sends a batch each second.</summary>
    static readonly TimeSpan WatchTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The shard of a symbol, from 0 up to <see cref="Shards"/>: the same on every machine and in every version.</summary>
    static int ShardOf(string symbol)
    {
        var hash = 2166136261u; // FNV-1a (https://datatracker.ietf.org/doc/html/rfc9923), over UTF-16.
        foreach (var character in symbol)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return (int)(hash % Shards);
    }

    /// <summary>
    /// Takes batches of the ticker, in order. Those that it has already change nothing. If one is missing before them, it takes none; if they would push
    /// out candles that can be stored but are not yet, it takes only as many of the first ones as there is room for. The receipt says where to go on.
    /// </summary>
    /// <param name="batches">
    /// Batches that follow each other. The first one may be one that nothing before it can be had of (its <see cref="CandleBatch.After"/> is the default): what
    /// lies before it is then lost, and a gap.
    /// </param>
    [Alias("Append"), ResponseTimeout("00:00:05")]
    Task<CandleReceipt> AppendAsync(ImmutableArray<CandleBatch> batches);

    /// <summary>Reads candles, from memory as far as they are there, otherwise from the store.</summary>
    /// <exception cref="HistoryUnavailableException">Some of them are in the store only, and it is away.</exception>
    [Alias("Read"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<CandlePage> ReadAsync(CandleQuery query);

    /// <summary>
    /// Waits until candles have changed after a position, for at most <see cref="WatchTimeout"/>. A candle that becomes final has not changed:
    /// <see cref="CandleUpdate.FinalBefore"/> tells, and its advance ends the wait too.
    /// </summary>
    /// <param name="series">The candles to watch; all belong to this shard.</param>
    /// <param name="after">The position of the last update, or of the page that was read; the default for all that are in memory.</param>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout("00:00:06")]
    Task<CandleUpdate> WatchAsync(ImmutableArray<CandleSeries> series, CandlePosition after);

    /// <summary>Whether the shard's candles could not be stored, or what is stored not be read, at the last attempt. They stay in memory meanwhile.</summary>
    [Alias("IsStoreAway"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<bool> IsStoreAwayAsync();

    /// <summary>The last 24 hours of every symbol of the shard that has candles in them.</summary>
    /// <exception cref="HistoryUnavailableException">The store is away, and the shard does not know them yet.</exception>
    [Alias("GetDays"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<ImmutableArray<SymbolDay>> GetDaysAsync();
}
