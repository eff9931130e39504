using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Databases;

/// <summary>Joins times.</summary>
internal static class TimeRanges
{
    /// <summary>The same times in order, without two that overlap or touch, and without empty ones.</summary>
    public static List<TimeRange> Join(IEnumerable<TimeRange> ranges)
    {
        var joined = new List<TimeRange>();
        foreach (var range in ranges.Where(range => range.From < range.To).OrderBy(range => range.From))
        {
            if (joined.Count > 0 && joined[^1].To >= range.From)
            {
                joined[^1] = new TimeRange(joined[^1].From, joined[^1].To > range.To ? joined[^1].To : range.To);
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
