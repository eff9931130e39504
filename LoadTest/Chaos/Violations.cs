namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Records what clients must never see. Thread-safe.</summary>
internal sealed class Violations
{
    private const int Kept = 10;

    private readonly List<string> _first = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The first violations, in words.</summary>
    public IReadOnlyList<string> First
    {
        get
        {
            lock (_first)
            {
                return [.. _first];
            }
        }
    }

    public void Add(string what)
    {
        Interlocked.Increment(ref _count);
        lock (_first)
        {
            if (_first.Count < Kept)
            {
                _first.Add(what);
            }
        }
    }
}
