using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>What a store knows of a shard.</summary>
/// <param name="Position">The last batch of the ticker whose candles were written; the default if there is none.</param>
/// <param name="FinalBefore">Seconds that end at this time or earlier do not change any more.</param>
/// <param name="Covered">The times that were watched, in order; none overlap or touch.</param>
/// <param name="Candles">The newest candles, as far as they were asked for, by symbol, interval and open time.</param>
public sealed record ShardHistory(
    CandlePosition Position, DateTimeOffset FinalBefore, ImmutableArray<TimeRange> Covered, ImmutableArray<SymbolCandle> Candles);
