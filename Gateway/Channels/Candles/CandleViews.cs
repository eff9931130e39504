using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>The views of candles that sessions have now, each once. Any thread may call it.</summary>
internal sealed class CandleViews(ICandleFeed feed)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<(CandleSeries, ICandleEncoding), (CandleView View, int Sessions)> _shared = [];

    /// <summary>The number of views.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _shared.Count;
            }
        }
    }

    /// <summary>Gets the view of a series in an encoding. The caller must release it when it no longer uses it.</summary>
    public CandleView Acquire(CandleSeries series, ICandleEncoding encoding)
    {
        lock (_changing)
        {
            var (view, sessions) = _shared.TryGetValue((series, encoding), out var shared) ? shared : (new CandleView(feed.Acquire(series), encoding), 0);
            _shared[(series, encoding)] = (view, sessions + 1);
            return view;
        }
    }

    /// <summary>Releases a view that was acquired.</summary>
    public void Release(CandleView view)
    {
        var key = (view.Series.Series, view.Encoding);
        lock (_changing)
        {
            var sessions = _shared[key].Sessions - 1;
            _shared[key] = (view, sessions);
            if (sessions == 0)
            {
                _shared.Remove(key);
                feed.Release(view.Series);
            }
        }
    }
}
