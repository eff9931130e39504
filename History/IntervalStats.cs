using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History;

/// <summary>What a store keeps of an interval.</summary>
/// <param name="Interval">The interval.</param>
/// <param name="Candles">How many candles.</param>
/// <param name="Oldest">The open time of the oldest one; null if there is none.</param>
/// <param name="Newest">The open time of the newest one; null if there is none.</param>
public sealed record IntervalStats(CandleInterval Interval, long Candles, DateTimeOffset? Oldest, DateTimeOffset? Newest);
