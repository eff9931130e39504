using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>What a store keeps of an interval, as JSON.</summary>
internal sealed record IntervalStatsJson(string Interval, long Candles, DateTime? Oldest, DateTime? Newest)
{
    public static IntervalStatsJson Of(IntervalStats stats) =>
        new(stats.Interval.Name(), stats.Candles, stats.Oldest?.UtcDateTime, stats.Newest?.UtcDateTime);
}
