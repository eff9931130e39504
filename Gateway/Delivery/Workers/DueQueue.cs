namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// The slots that are due at a certain time even if the market does not change, earliest first. A binary heap that holds each slot at most
/// once; a slot stores its index in it. Unlike <see cref="PriorityQueue{TElement, TPriority}"/>, it moves and removes a slot in logarithmic
/// time. Only the worker may call it.
/// </summary>
internal sealed class DueQueue
{
    private readonly List<(long DueAt, SessionSlot Slot)> _heap = [];

    /// <summary>The timestamp at which the earliest slot is due; null if the queue is empty.</summary>
    public long? Earliest => _heap.Count > 0 ? _heap[0].DueAt : null;

    /// <summary>Sets when a slot is due, replacing an earlier value.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="dueAt">A timestamp of the clock.</param>
    public void Set(SessionSlot slot, long dueAt)
    {
        if (slot.DueIndex < 0)
        {
            slot.DueIndex = _heap.Count;
            _heap.Add(default);
        }

        Sift(slot.DueIndex, (dueAt, slot));
    }

    /// <summary>Removes a slot, if it is queued.</summary>
    public void Remove(SessionSlot slot)
    {
        if (slot.DueIndex < 0)
        {
            return;
        }

        var index = slot.DueIndex;
        slot.DueIndex = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (index < _heap.Count)
        {
            Sift(index, last);
        }
    }

    /// <summary>Removes and returns the earliest slot if it is due.</summary>
    /// <param name="now">A timestamp of the clock.</param>
    /// <returns>The slot; null if none is due.</returns>
    public SessionSlot? TakeDue(long now)
    {
        if (_heap.Count == 0 || _heap[0].DueAt > now)
        {
            return null;
        }

        var slot = _heap[0].Slot;
        Remove(slot);
        return slot;
    }

    /// <summary>Inserts an entry at an index whose content may be overwritten, and moves it up or down to where it belongs.</summary>
    private void Sift(int index, (long DueAt, SessionSlot Slot) entry)
    {
        for (var parent = (index - 1) / 2; index > 0 && entry.DueAt < _heap[parent].DueAt; parent = (index - 1) / 2)
        {
            Put(index, _heap[parent]);
            index = parent;
        }

        for (var child = EarlierChild(index); child < _heap.Count && _heap[child].DueAt < entry.DueAt; child = EarlierChild(index))
        {
            Put(index, _heap[child]);
            index = child;
        }

        Put(index, entry);
    }

    private int EarlierChild(int index)
    {
        var left = (2 * index) + 1;
        return left + 1 < _heap.Count && _heap[left + 1].DueAt < _heap[left].DueAt ? left + 1 : left;
    }

    private void Put(int index, (long DueAt, SessionSlot Slot) entry)
    {
        _heap[index] = entry;
        entry.Slot.DueIndex = index;
    }
}
