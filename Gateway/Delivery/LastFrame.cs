using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The frame that a worker has sent last. The next session in the row mostly stands at the same cursor of the same view, and gets it
/// without a look at the view.
/// </summary>
internal struct LastFrame
{
    private MarketState? _newest;
    private View? _view;
    private ImmutableArray<string> _market;
    private Cursor _from;
    private Cursor _to;
    private ReadOnlyMemory<byte> _frame;

    /// <summary>Returns what <see cref="View.Next"/> of the slot's view would.</summary>
    public ReadOnlyMemory<byte> Next(MarketState newest, ref readonly SessionSlot slot, out Cursor to)
    {
        if (slot.View != _view || newest != _newest || slot.Cursor != _from || slot.KnownSymbols != _market)
        {
            _frame = slot.View.Next(newest, slot.KnownSymbols, slot.Cursor, out _to);
            _newest = newest;
            _view = slot.View;
            _market = slot.KnownSymbols;
            _from = slot.Cursor;
        }

        to = _to;
        return _frame;
    }
}
