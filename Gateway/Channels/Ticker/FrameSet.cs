using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>The frames of one view that lead to one state. One thread adds at a time; any may find, at any time.</summary>
/// <param name="state">The state that they lead to.</param>
/// <param name="places">Where in it the view's quotes stand, in ascending order.</param>
/// <param name="lastChange">The seq of the view's last change; 0 where it shows nothing.</param>
internal sealed class FrameSet(MarketState state, int[] places, long lastChange)
{
    /// <summary>How many frames are kept, so that sessions at ever so many cursors cannot make the server build without end.</summary>
    internal const int Capacity = 64;

    private const int FirstCapacity = 4; // Most sessions stand at one of very few cursors.

    private Entry[] _entries = new Entry[FirstCapacity];
    private int _count;

    public FrameSet(MarketState state, int[] places)
        : this(state, places, LastChangeIn(state, places))
    {
    }

    public MarketState State => state;

    public int[] Places => places;

    /// <summary>The seq of the view's last change; 0 where it shows nothing.</summary>
    public long LastChange => lastChange;

    /// <summary>Whether no more deltas are taken. The snapshot always is.</summary>
    public bool IsFull => _count >= Capacity;

    /// <summary>The frames that lead to a later state of the same symbols, none built yet. If one tick made it, this costs what the tick changed.</summary>
    public FrameSet Next(MarketState later) => later.TryGetChanged(state.At, out var changed)
        ? new FrameSet(later, places, new PlaceIntersection(places, changed).MoveNext() ? later.At.Seq : lastChange)
        : new FrameSet(later, places);

    /// <summary>The frame that starts from a seq, where it is there.</summary>
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

    private static long LastChangeIn(MarketState state, int[] places)
    {
        var last = 0L;
        foreach (var place in places)
        {
            last = Math.Max(last, state[place].Seq);
        }

        return last;
    }

    private readonly record struct Entry(long PrevSeq, byte[] Frame);
}
