using System.Collections.Immutable;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>
/// The candles that one session is sent: of each series first the closed ones that its client has missed, each once and in order, then those
/// that are not closed, as state. Only the session's worker may call it, unless a member says otherwise.
/// </summary>
/// <param name="views">The views that sessions share.</param>
/// <param name="reader">Reads closed candles that are no longer kept.</param>
/// <param name="slot">The session's slot at its worker.</param>
/// <param name="protocol">The client's language.</param>
/// <param name="encoding">How candles are written in it; null if it can't ask for any.</param>
internal sealed class CandleChannel(
    CandleViews views, MissedCandleReader reader, IWorkerSlot slot, IWireProtocol protocol, ICandleEncoding? encoding) : ISideChannel, ICandleListener
{
    private readonly List<FollowedSeries> _followed = [];
    private int _turn; // Which series is asked first.
    private bool _isReading; // One page at a time, so that a session never holds more.
    private int _hasNews;
    private long _version;
    private int _holds;
    private bool _isUsed;
    private bool _isClosed;

    public bool HasNews => Volatile.Read(ref _hasNews) != 0 && Volatile.Read(ref _holds) == 0;

    /// <summary>Any thread may call it.</summary>
    public void OnNews()
    {
        if (Interlocked.Exchange(ref _hasNews, 1) == 0)
        {
            slot.RequestFlush();
        }
    }

    public ReadOnlyMemory<byte> Next()
    {
        if (Volatile.Read(ref _holds) != 0)
        {
            return default;
        }

        Interlocked.Exchange(ref _hasNews, 0); // Before looking, so that what comes meanwhile is not missed.
        for (var count = 0; count < _followed.Count; count++)
        {
            _turn = (_turn + 1) % _followed.Count;
            var followed = _followed[_turn];
            if (followed.MissingFrom is null && followed.Next() is { IsEmpty: false } frame)
            {
                Interlocked.Exchange(ref _hasNews, 1);
                return frame;
            }

            Read(followed);
        }

        return default;
    }

    /// <summary>
    /// Holds candles back until <see cref="Apply"/>, so that none that the client does not want any more follow the answer that says so. Any
    /// thread may call it.
    /// </summary>
    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>Gives the client other candles, unless it has a later view already. Any thread may call it.</summary>
    /// <param name="view">What the session is to be sent.</param>
    /// <param name="isReview">Whether the gateway asked for it. Otherwise the client did, and candles are held back until it is applied.</param>
    /// <param name="start">From where on the client wants some of them; null for the newest.</param>
    public void Apply(SessionView view, bool isReview, CandleStart? start = null)
    {
        if (view.Candles is not null)
        {
            Volatile.Write(ref _isUsed, true);
        }
        else if (!Volatile.Read(ref _isUsed))
        {
            Interlocked.Add(ref _holds, isReview ? 0 : -1); // Most sessions never have any, and their worker has nothing to do.
            return;
        }

        slot.Run(() => ApplyNow(view, isReview, start));
    }

    public void Close()
    {
        _isClosed = true;
        Follow([]);
    }

    private void ApplyNow(SessionView view, bool isReview, CandleStart? start)
    {
        Interlocked.Add(ref _holds, isReview ? 0 : -1);
        if (_isClosed)
        {
            return;
        }

        if (view.Version > _version)
        {
            _version = view.Version;
            Follow(encoding is null ? [] : view.Candles ?? []);
        }

        foreach (var followed in _followed.Where(followed => start is not null && start.Series.Contains(followed.View.Series.Series)))
        {
            followed.Begin(start!.From);
        }

        Volatile.Write(ref _hasNews, 1); // A flush follows.
    }

    private void Follow(ImmutableArray<CandleSeries> wanted)
    {
        var missing = wanted.ToHashSet();
        foreach (var left in _followed.Where(followed => !missing.Remove(followed.View.Series.Series)).ToList())
        {
            _followed.Remove(left);
            left.View.Series.StopListening(this);
            views.Release(left.View);
        }

        foreach (var series in missing)
        {
            var view = views.Acquire(series, encoding!);
            _followed.Add(new FollowedSeries(view));
            view.Series.Listen(this);
        }
    }

    private void Read(FollowedSeries followed)
    {
        if (!_isReading && followed.MissingFrom is { } from)
        {
            _isReading = true;
            var beginning = followed.Beginning;
            _ = Task.Run(async () =>
            {
                var read = await reader.ReadAsync(followed.View, from);
                slot.Run(() => Take(followed, beginning, read));
            });
        }
    }

    private void Take(FollowedSeries followed, int beginning, MissedCandles read)
    {
        _isReading = false;
        Volatile.Write(ref _hasNews, 1); // A flush follows.
        if (_isClosed || followed.Beginning != beginning)
        {
            return;
        }

        followed.Take(read.IsHistoryAway && !followed.IsTold ? read with { Frame = HistoryAway(followed.View.Series.Series) } : read);
        followed.IsTold |= read.IsHistoryAway;
    }

    private byte[] HistoryAway(CandleSeries series) => protocol.Write(new ErrorMessage(
        "history_unavailable", $"Older {series.Interval.Name()} candles of {series.Symbol} can't be read now. They follow when they can.", [series.Symbol]));
}
