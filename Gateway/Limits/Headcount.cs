using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Counts what is present of each of many keys, up to a limit. Keys of which nothing is present take no memory. Thread-safe.</summary>
internal sealed class Headcount<T>(int max)
    where T : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<T, int> _counts = [];

    /// <summary>The number of keys of which something is present.</summary>
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

    /// <summary>Counts one more, unless the limit is reached.</summary>
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

    /// <summary>Counts one less. Call it once for each successful <see cref="TryEnter"/>.</summary>
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
