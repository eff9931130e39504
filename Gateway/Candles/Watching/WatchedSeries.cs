using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.Watching;

/// <summary>A series that somebody in this gateway wants. Any thread may call it, unless a member says otherwise.</summary>
/// <param name="series">The series.</param>
/// <param name="capacity">How many closed candles are kept.</param>
internal sealed class WatchedSeries(CandleSeries series, int capacity)
{
    private readonly HashSet<ICandleListener> _listeners = [];
    private readonly TaskCompletionSource<CandleState> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CandleState _known = CandleState.Nothing(series.Interval, capacity);
    private CandleState? _newest;

    public CandleSeries Series => series;

    /// <summary>How many closed candles are kept.</summary>
    public int Capacity => capacity;

    /// <summary>The newest state; null until it has been read for the first time.</summary>
    public CandleState? Newest => Volatile.Read(ref _newest);

    /// <summary>The first state, once it has been read.</summary>
    public Task<CandleState> FirstAsync => _first.Task;

    /// <summary>How many want it. Only <see cref="ShardWatch"/> uses it, as the next three.</summary>
    public int Users { get; set; }

    /// <summary>A timestamp of the clock since which nobody wants it.</summary>
    public long UnusedSince { get; set; }

    /// <summary>The batch of the ticker up to which it is known.</summary>
    public CandlePosition At { get; private set; }

    /// <summary>Whether its changes are watched. Otherwise it is being read.</summary>
    public bool IsWatched { get; set; }

    public void Listen(ICandleListener listener)
    {
        lock (_listeners)
        {
            _listeners.Add(listener);
        }
    }

    public void StopListening(ICandleListener listener)
    {
        lock (_listeners)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Takes what has been read. Only one thread at a time may call it or <see cref="Apply"/>.</summary>
    public void Read(CandlePage page)
    {
        At = page.At;
        Take(_known.Read(page));
    }

    /// <summary>Takes what has changed.</summary>
    public void Apply(IEnumerable<Candle> changed, CandleUpdate update)
    {
        At = update.At;
        Take(_known.Apply(changed, update.FinalBefore));
    }

    private void Take(CandleState state)
    {
        var isNew = Newest is null || state.Revision > _known.Revision;
        _known = state;
        Volatile.Write(ref _newest, state);
        _first.TrySetResult(state);
        if (!isNew)
        {
            return;
        }

        lock (_listeners)
        {
            foreach (var listener in _listeners)
            {
                listener.OnNews();
            }
        }
    }
}
