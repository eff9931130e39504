using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Limits;

/// <summary>How many there are at a time of each of many keys. It remembers only keys of which there are some. Any thread may call it.</summary>
internal sealed class Headcount<T>(int max)
    where T : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<T, int> _counts = [];

    /// <summary>How many keys there are some of.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _counts.Count;
            }
        }
    }

    /// <summary>Counts one more, unless there are as many as there may be.</summary>
    public bool TryEnter(T key)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
            if (count >= max)
            {
                return false;
            }

            count++;
            return true;
        }
    }

    /// <summary>Counts one less. To be called once for each that has entered.</summary>
    public void Leave(T key)
    {
        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, key);
            if (--count == 0)
            {
                _counts.Remove(key);
            }
        }
    }
}
