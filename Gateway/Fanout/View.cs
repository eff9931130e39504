using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Fanout;

/// <summary>
/// What sessions want to see; those that want the same share a view and with it the bytes of every frame. A frame is a function
/// of (view, from, to) and is built once, by whichever worker needs it first.
/// </summary>
internal sealed class View
{
    /// <summary>
    /// How many ticks a session may be behind and still get a message of its own distance. Beyond, it gets a snapshot, so that
    /// few distinct frames are ever built.
    /// </summary>
    internal const int LongestDelta = 64;

    private readonly Lock _building = new();
    private readonly FrameWriter _writer = new();
    private FrameSet _frames = new(MarketState.Empty);

    /// <summary>The frame that takes a session from its cursor to this state. Any worker may call it.</summary>
    public ReadOnlyMemory<byte> FrameFor(MarketState state, Cursor from)
    {
        // A cursor of another epoch, of the future, or of long ago says nothing here: such a session starts over.
        var behind = state.At.Seq - from.Seq;
        var prevSeq = from.Epoch == state.At.Epoch && behind is >= 0 and <= LongestDelta ? from.Seq : 0;
        var frames = Volatile.Read(ref _frames);
        var slot = prevSeq == 0 ? 0 : (int)(behind + 1);
        return frames.State == state && frames.BySlot[slot] is { } frame ? frame : Build(state, prevSeq, slot);
    }

    private byte[] Build(MarketState state, long prevSeq, int slot)
    {
        lock (_building)
        {
            if (_frames.State != state)
            {
                // Workers may hold states of different age for a moment. The older one's frame is not worth keeping.
                if (_frames.State.At.IsAfter(state.At))
                {
                    return _writer.Write(state, prevSeq);
                }

                Volatile.Write(ref _frames, new FrameSet(state));
            }

            return _frames.BySlot[slot] ??= _writer.Write(state, prevSeq);
        }
    }

    /// <summary>The frames that end at one state, the snapshot in slot 0 and then by the number of ticks they span.</summary>
    private sealed class FrameSet(MarketState state)
    {
        public MarketState State { get; } = state;

        public byte[]?[] BySlot { get; } = new byte[]?[LongestDelta + 2];
    }
}
