namespace OrleansTicker.Gateway.History.Commands;

/// <summary>What a store keeps of an interval, as JSON.</summary>
internal sealed record IntervalStatsJson(string Interval, long Candles, DateTime? Oldest, DateTime? Newest);
