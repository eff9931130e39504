using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>The prices of one session's view. Only the session's worker may call it, unless a member says otherwise.</summary>
internal sealed class TickerChannel : IChannel
{
    private readonly Views _views;
    private readonly IWorkerSlot _slot;
    private readonly IViewReviewer _reviewer;
    private readonly IQuoteEncoding _encoding;
    private readonly TimeProvider _time;
    private ViewFrames _frames;

    /// <summary>After a change of the view, the symbols that the client still has up to its cursor; null once a frame has brought it up to date.</summary>
    private ImmutableArray<string>? _clientSymbols;
    private long _version;
    private TimeSpan _interval;
    private IntervalPhase _phase;
    private bool _isReviewing;
    private bool _isClosed;
    private int _holds;

    /// <summary>Creates a channel with its first view. Any thread may call it.</summary>
    /// <param name="views">The views that sessions share.</param>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="reviewer">Finds out what the client may see when the market has new symbols.</param>
    /// <param name="encoding">How prices are written for the client.</param>
    /// <param name="symbols">The symbols that the client sees, in ordinal order.</param>
    /// <param name="market">The market's symbols that the view was made from.</param>
    /// <param name="time">The clock for intervals.</param>
    public TickerChannel(
        Views views,
        IWorkerSlot slot,
        IViewReviewer reviewer,
        IQuoteEncoding encoding,
        ImmutableArray<string> symbols,
        ImmutableArray<string> market,
        TimeProvider time)
    {
        _views = views;
        _slot = slot;
        _reviewer = reviewer;
        _encoding = encoding;
        _time = time;
        _frames = views.Acquire(symbols, encoding).For(market);
    }

    /// <summary>The client's view.</summary>
    public View View => _frames.View;

    public ISharedFrames? Shared => IsHeld || _clientSymbols is not null || _interval > TimeSpan.Zero ? null : _frames;

    private bool IsHeld => Volatile.Read(ref _holds) > 0;

    public ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to, out TimeSpan wait)
    {
        to = from;
        wait = TimeSpan.MaxValue;
        if (IsHeld)
        {
            return default;
        }

        var now = _interval > TimeSpan.Zero ? _time.GetTimestamp() : 0;
        if (_interval > TimeSpan.Zero && _clientSymbols is null && _phase.Wait(now, _interval, _time) is { Ticks: > 0 } left)
        {
            wait = left;
            return default;
        }

        var frame = _clientSymbols is { } symbols
            ? _frames.NextAfterViewChange(symbols, newest, from, out var reached)
            : _frames.Next(newest, from, out reached);
        _clientSymbols = reached == from && frame.IsEmpty ? _clientSymbols : null; // If nothing could be sent yet, it is still needed.
        if (!frame.IsEmpty)
        {
            to = reached;
            if (_interval > TimeSpan.Zero)
            {
                _phase.Sent(now);
            }
        }

        return frame;
    }

    public void OnSymbolsChanged(MarketState newest)
    {
        if (!_isReviewing && _frames.MarketSymbols != newest.Symbols)
        {
            _isReviewing = true; // One review at a time; of two, the later could be answered first.
            _reviewer.Review(this, newest.Symbols);
        }
    }

    /// <summary>
    /// Holds prices back until <see cref="Apply(ViewChange)"/>, so that no prices of the old view follow the answer that names the new one.
    /// Any thread may call it.
    /// </summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Gives the client another view, unless it has a later one already. Any thread may call it.</summary>
    public void Apply(ViewChange change)
    {
        var acquired = _views.Acquire(change.View.Symbols, _encoding); // Not on the worker, which has other sessions to serve.
        _slot.Run(() => _views.Release(Apply(acquired, change)));
    }

    public void Close()
    {
        _isClosed = true;
        _views.Release(View);
    }

    /// <returns>The view that is no longer used.</returns>
    private View Apply(View view, ViewChange change)
    {
        if (change.IsReview)
        {
            _isReviewing = false;
        }
        else
        {
            Interlocked.Decrement(ref _holds); // There may already be another hold.
        }

        if (_isClosed || change.View.Version <= _version)
        {
            return view;
        }

        _version = change.View.Version;
        _interval = change.View.Interval;
        var unused = View;
        if (view != unused)
        {
            // The client has dropped every symbol that a view in between did not have.
            _clientSymbols = _clientSymbols is { } has ? [.. has.Intersect(unused.Symbols)] : unused.Symbols;
        }

        _frames = view.For(change.Market);
        return unused;
    }
}
