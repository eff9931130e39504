using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>What a shard has to write.</summary>
/// <param name="Shard">The number of the shard.</param>
/// <param name="Position">The last batch of the ticker that it includes.</param>
/// <param name="FinalBefore">Seconds that end at this time or earlier do not change any more.</param>
/// <param name="Covered">Times that were watched. They are added to those that are known.</param>
/// <param name="Candles">The candles, each of its symbol and interval once.</param>
public sealed record ShardWrite(
    int Shard, CandlePosition Position, DateTimeOffset FinalBefore, ImmutableArray<TimeRange> Covered, ImmutableArray<SymbolCandle> Candles)
{
    /// <summary>What <see cref="IHistoryStore.ClaimAsync"/> returned; 0 for an import, which needs no claim.</summary>
    public long Claim { get; init; }
}
