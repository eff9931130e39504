using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// The prices of one session's view, and the status of the exchanges if its client wants it. Only the session's worker may call it, unless a
/// member says otherwise.
/// </summary>
internal sealed class TickerChannel : IChannel
{
    private readonly Views _views;
    private readonly StatusFrames _statuses;
    private readonly IWorkerSlot _slot;
    private readonly IViewReviewer _reviewer;
    private readonly IWireProtocol _protocol;
    private readonly bool _isCompressed;
    private readonly TimeProvider _time;
    private ViewFrames _frames;

    /// <summary>
    /// After a change of the view, the symbols of which the client still has what the view shows, up to its cursor; null once a frame has
    /// brought it up to date.
    /// </summary>
    private ImmutableArray<string>? _clientSymbols;
    private PriceOrigin? _toldOrigin; // What the last status message said; null if the client is to be sent one.
    private long _version;
    private TimeSpan _interval;
    private IntervalPhase _phase;
    private bool _isReviewing;
    private bool _isClosed;
    private int _holds;

    /// <summary>Creates a channel with its first view. Any thread may call it.</summary>
    /// <param name="views">The views that sessions share.</param>
    /// <param name="statuses">The status messages that sessions share.</param>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="reviewer">Finds out what the client may see when the market has new symbols.</param>
    /// <param name="protocol">The client's language.</param>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    /// <param name="view">What the client is sent.</param>
    /// <param name="market">The market's symbols that the view was made from.</param>
    /// <param name="time">The clock for intervals.</param>
    public TickerChannel(
        Views views,
        StatusFrames statuses,
        IWorkerSlot slot,
        IViewReviewer reviewer,
        IWireProtocol protocol,
        bool isCompressed,
        SessionView view,
        ImmutableArray<string> market,
        TimeProvider time)
    {
        _views = views;
        _statuses = statuses;
        _slot = slot;
        _reviewer = reviewer;
        _protocol = protocol;
        _isCompressed = isCompressed;
        _time = time;
        _frames = Acquire(view).For(market);
        _version = view.Version;
        _interval = view.Interval;
        WantsStatus = view.WantsStatus;
    }

    /// <summary>The client's view.</summary>
    public View View => _frames.View;

    public ISharedFrames? Shared => IsHeld || _clientSymbols is not null || _interval > TimeSpan.Zero ? null : _frames;

    public bool WantsStatus { get; private set; }

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

    public ReadOnlyMemory<byte> NextStatus(MarketState newest)
    {
        if (!WantsStatus || ReferenceEquals(newest.Origin, _toldOrigin) || IsHeld)
        {
            return default;
        }

        _toldOrigin = newest.Origin;
        return _statuses.Get(_protocol, newest.Origin);
    }

    public void OnSymbolsChanged(MarketState newest)
    {
        if (!_isReviewing && !newest.HasSymbols(_frames.MarketSymbols))
        {
            _isReviewing = true; // One review at a time; of two, the later could be answered first.
            _reviewer.Review(this, newest);
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
        var acquired = Acquire(change.View); // Not on the worker, which has other sessions to serve.
        _slot.Run(() => _views.Release(Apply(acquired, change)));
    }

    public void Close()
    {
        _isClosed = true;
        _views.Release(View);
    }

    private View Acquire(SessionView view) => _views.Acquire(view.Symbols, _protocol.GetEncoding(_isCompressed, view.Detail));

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
        WantsStatus = change.View.WantsStatus;
        _toldOrigin = WantsStatus ? _toldOrigin : null;
        var unused = View;
        if (view.Encoding.Detail > unused.Encoding.Detail)
        {
            _clientSymbols = []; // Of no symbol does the client have as much as it now wants.
        }
        else if (view != unused)
        {
            // The client has dropped every symbol that a view in between did not have.
            _clientSymbols = _clientSymbols is { } has ? [.. has.Intersect(unused.Symbols)] : unused.Symbols;
        }

        _frames = view.For(change.Market);
        return unused;
    }
}
