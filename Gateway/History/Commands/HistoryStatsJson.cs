using OrleansTicker.History;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>What a store keeps, as JSON.</summary>
internal sealed record HistoryStatsJson(string Location, int Symbols, long Bytes, IReadOnlyList<IntervalStatsJson> Intervals)
{
    public static HistoryStatsJson Of(string location, HistoryStats stats) => new(
        location,
        stats.Symbols,
        stats.Bytes,
        [.. stats.Intervals.Select(IntervalStatsJson.Of)]);
}
