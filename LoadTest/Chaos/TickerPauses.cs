using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// Measures how long the ticker pauses, by the numbers and times of its own ticks: ticks that a gateway has read late, or that were conflated,
/// are no pause of the ticker. Not thread-safe.
/// </summary>
internal sealed class TickerPauses
{
    /// <summary>The time from one tick to the next by default.</summary>
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(10);

    private Cursor _last;
    private long _lastPublishedAt;

    /// <summary>The longest time without a tick since the last <see cref="Reset"/>.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Takes a ticker message.</summary>
    /// <param name="at">Its cursor.</param>
    /// <param name="publishedAt">When the tick was published, in Unix microseconds.</param>
    public void Take(Cursor at, long publishedAt)
    {
        if (!at.IsAfter(_last))
        {
            return;
        }

        if (_last != default)
        {
            var between = at.Epoch == _last.Epoch ? at.Seq - _last.Seq - 1 : 0;
            var pause = TimeSpan.FromMicroseconds(publishedAt - _lastPublishedAt) - (between * TickInterval);
            Longest = pause > Longest ? pause : Longest;
        }

        (_last, _lastPublishedAt) = (at, publishedAt);
    }

    /// <summary>Forgets all earlier pauses.</summary>
    public void Reset() => Longest = default;
}
