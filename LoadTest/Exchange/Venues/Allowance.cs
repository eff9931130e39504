namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>Counts how often something happens, in a window that moves. Not thread-safe.</summary>
internal sealed class Allowance(Pace pace)
{
    private readonly Queue<TimeSpan> _times = new();

    /// <summary>Counts one more.</summary>
    /// <returns>Whether it is still within the pace.</returns>
    public bool TryTake(TimeSpan now)
    {
        while (_times.TryPeek(out var oldest) && now - oldest >= pace.Span)
        {
            _times.Dequeue();
        }

        _times.Enqueue(now);
        return _times.Count <= pace.Most;
    }
}
