using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The frame that a worker has sent last. The next session in the row mostly stands at the same cursor of the same view, and gets it
/// without a look at the view.
/// </summary>
internal struct LastFrame
{
    private MarketState? _newest;
    private ISharedFrames? _frames;
    private Cursor _from;
    private Cursor _to;
    private ReadOnlyMemory<byte> _frame;

    /// <summary>Returns what <see cref="ISharedFrames.Next"/> of the slot's frames would.</summary>
    public ReadOnlyMemory<byte> Next(MarketState newest, ref readonly SendState state, out Cursor to)
    {
        if (state.Frames != _frames || newest != _newest || state.Cursor != _from)
        {
            _frame = state.Frames!.Next(newest, state.Cursor, out _to);
            _newest = newest;
            _frames = state.Frames;
            _from = state.Cursor;
        }

        to = _to;
        return _frame;
    }
}
