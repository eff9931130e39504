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

    /// <summary>The same as <see cref="View.Next"/> of the seat's view.</summary>
    public ReadOnlyMemory<byte> Next(MarketState newest, ref readonly Seat seat, out Cursor to)
    {
        if (seat.View != _view || newest != _newest || seat.Cursor != _from || seat.Market != _market)
        {
            _frame = seat.View.Next(newest, seat.Market, seat.Cursor, out _to);
            _newest = newest;
            _view = seat.View;
            _market = seat.Market;
            _from = seat.Cursor;
        }

        to = _to;
        return _frame;
    }
}
