using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>The times that were watched, in order; none overlap or touch. Not thread-safe.</summary>
internal sealed class Coverage
{
    /// <summary>How many times are told apart. If there are more, the oldest gap is forgotten.</summary>
    internal const int Capacity = 10_000;

    private readonly List<TimeRange> _ranges = [];

    /// <summary>All of them.</summary>
    public ImmutableArray<TimeRange> Ranges => [.. _ranges];

    /// <summary>Since when something was watched; null before.</summary>
    public DateTimeOffset? Since => _ranges.Count == 0 ? null : _ranges[0].From;

    /// <summary>Adds a time that was watched.</summary>
    public void Add(TimeRange range)
    {
        if (range.From >= range.To)
        {
            return;
        }

        var first = _ranges.FindLastIndex(known => known.To < range.From) + 1;
        var count = 0;
        for (; first + count < _ranges.Count && _ranges[first + count].From <= range.To; count++)
        {
            range = Span(_ranges[first + count], range);
        }

        _ranges.RemoveRange(first, count);
        _ranges.Insert(first, range);
        if (_ranges.Count > Capacity)
        {
            _ranges[1] = Span(_ranges[0], _ranges[1]);
            _ranges.RemoveAt(0);
        }
    }

    /// <summary>The end of the last watched time that begins before an instant; the instant if there is none.</summary>
    public DateTimeOffset LastBefore(DateTimeOffset instant) => _ranges.FindLastIndex(range => range.From < instant) is >= 0 and var last ? _ranges[last].To : instant;

    /// <summary>The parts of a range that were watched.</summary>
    public IEnumerable<TimeRange> In(TimeRange range) => _ranges
        .Where(known => known.To > range.From && known.From < range.To)
        .Select(known => new TimeRange(Max(known.From, range.From), Min(known.To, range.To)));

    /// <summary>The parts of a range that nobody watched, up to the last time that somebody did.</summary>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range)
    {
        var gaps = ImmutableArray.CreateBuilder<TimeRange>();
        var from = range.From;
        for (var index = Math.Max(_ranges.FindLastIndex(known => known.From <= range.From), 0); index < _ranges.Count && from < range.To; index++)
        {
            var to = Min(_ranges[index].From, range.To);
            if (from < to)
            {
                gaps.Add(new TimeRange(from, to));
            }

            from = Max(from, _ranges[index].To);
        }

        return gaps.ToImmutable();
    }

    private static TimeRange Span(TimeRange one, TimeRange other) => new(Min(one.From, other.From), Max(one.To, other.To));

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
