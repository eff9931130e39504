using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>Gaps in the order of time. Those that touch are one.</summary>
internal sealed class GapList
{
    private readonly List<ReceivedGap> _gaps = [];

    /// <param name="gaps">The gaps, in any order; pages may name the same one, or its parts.</param>
    public GapList(IEnumerable<ReceivedGap> gaps)
    {
        foreach (var gap in gaps.Where(gap => gap.To > gap.From).OrderBy(gap => gap.From))
        {
            if (_gaps.Count > 0 && gap.From <= _gaps[^1].To)
            {
                _gaps[^1] = _gaps[^1] with { To = Math.Max(gap.To, _gaps[^1].To) };
            }
            else
            {
                _gaps.Add(gap);
            }
        }
    }

    public IReadOnlyList<ReceivedGap> Gaps => _gaps;

    /// <summary>How long they are together.</summary>
    public TimeSpan Length => TimeSpan.FromSeconds(_gaps.Sum(gap => gap.To - gap.From));

    /// <summary>Whether any of them has a part in a range.</summary>
    /// <param name="from">The beginning, in Unix seconds.</param>
    /// <param name="to">The end, in Unix seconds.</param>
    public bool Touch(long from, long to) => _gaps.Exists(gap => gap.From < to && gap.To > from);
}
