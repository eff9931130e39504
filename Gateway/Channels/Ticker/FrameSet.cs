using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>The frames of one view that lead to one state. Only one thread may add at a time; any thread may find at any time.</summary>
/// <param name="state">The state that they lead to.</param>
/// <param name="places">The places of the view's quotes in it, in ascending order.</param>
/// <param name="detail">How much of each quote the view shows.</param>
/// <param name="lastChange">The seq of the last change that the view shows; 0 if it shows nothing.</param>
internal sealed class FrameSet(MarketState state, int[] places, DetailLevel detail, long lastChange)
{
    /// <summary>How many frames are kept. This bounds what is built for sessions at many different cursors.</summary>
    internal const int Capacity = 64;

    private const int FirstCapacity = 4; // Most sessions are at one of very few cursors.

    private Entry[] _entries = new Entry[FirstCapacity];
    private int _count;

    public FrameSet(MarketState state, int[] places, DetailLevel detail)
        : this(state, places, detail, LastChangeIn(state, places, detail))
    {
    }

    public MarketState State => state;

    public int[] Places => places;

    /// <summary>The seq of the last change that the view shows; 0 if it shows nothing.</summary>
    public long LastChange => lastChange;

    /// <summary>Whether no more deltas are added. The snapshot still is.</summary>
    public bool IsFull => _count >= Capacity;

    /// <summary>
    /// The set for a later state of the same symbols, with no frames yet. If a single tick made that state, this costs as much as the tick
    /// changed.
    /// </summary>
    public FrameSet Next(MarketState later) => later.TryGetChanged(state.At, detail, out var changed)
        ? new FrameSet(later, places, detail, new PlaceIntersection(places, changed).MoveNext() ? later.At.Seq : lastChange)
        : new FrameSet(later, places, detail);

    /// <summary>The frame that starts from a seq; null if it has not been built.</summary>
    public byte[]? Find(long prevSeq)
    {
        var count = Volatile.Read(ref _count);
        var entries = Volatile.Read(ref _entries);
        for (var index = 0; index < count; index++)
        {
            if (entries[index].PrevSeq == prevSeq)
            {
                return entries[index].Frame;
            }
        }

        return null;
    }

    public void Add(long prevSeq, byte[] frame)
    {
        if (_count == _entries.Length)
        {
            var larger = new Entry[_count * 2];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = new Entry(prevSeq, frame);
        Volatile.Write(ref _count, _count + 1);
    }

    private static long LastChangeIn(MarketState state, int[] places, DetailLevel detail)
    {
        var last = 0L;
        foreach (var place in places)
        {
            last = Math.Max(last, state.LastChange(place, detail));
        }

        return last;
    }

    private readonly record struct Entry(long PrevSeq, byte[] Frame);
}
