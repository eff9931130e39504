using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>What a store keeps.</summary>
/// <param name="Symbols">How many symbols have candles.</param>
/// <param name="Bytes">How much room it takes.</param>
/// <param name="Intervals">What there is of each interval that is kept, from the shortest to the longest.</param>
public sealed record HistoryStats(int Symbols, long Bytes, ImmutableArray<IntervalStats> Intervals);
