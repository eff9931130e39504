using System.Collections.Concurrent;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The tick queues whose grains live on this silo. Who publishes or reads on it goes to the queue itself: by way of the grain a tick
/// took three turns more, each of which wakes a sleeping thread. Any thread may call it.
/// </summary>
internal sealed class LocalTickQueues
{
    private readonly ConcurrentDictionary<string, TickQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>The queue of this name, where its grain lives on this silo.</summary>
    public TickQueue? Find(string name) => _queues.GetValueOrDefault(name);

    /// <summary>The grain of this name lives here now.</summary>
    public void Announce(string name, TickQueue queue) => _queues[name] = queue;

    /// <summary>It no longer does.</summary>
    public void Withdraw(string name, TickQueue queue)
    {
        _queues.TryRemove(KeyValuePair.Create(name, queue));
        queue.End();
    }

    /// <summary>Forgets all queues: from then on they are reached by way of their grains, as if these lived elsewhere.</summary>
    internal void Clear()
    {
        foreach (var (name, queue) in _queues)
        {
            Withdraw(name, queue);
        }
    }
}
