using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

/// <summary>Makes batches of trades as the ticker does, and knows what candles a shard has to have of them.</summary>
internal sealed class ScriptedTicker
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 23, 58, 30, TimeSpan.Zero);

    private readonly Dictionary<(string Symbol, DateTimeOffset Second), Candle> _seconds = [];
    private readonly HashSet<(string Symbol, DateTimeOffset Second)> _changed = [];
    private readonly SortedDictionary<(DateTimeOffset Second, string Symbol), SortedDictionary<long, Candle>> _told = [];
    private CandlePosition _at = new(1, 0);
    private DateTimeOffset _watchedTo = Start;
    private DateTimeOffset _finalBefore;
    private bool _isNew = true;

    /// <summary>The market's time.</summary>
    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>All batches, in order.</summary>
    public List<CandleBatch> Batches { get; } = [];

    /// <summary>Lets time pass. A batch is made at the end of each second, and of one that is longer if the ticker was held up.</summary>
    public void Pass(TimeSpan time)
    {
        for (var to = Now + time; Now < to;)
        {
            var end = CandleInterval.Second.OpenTimeAt(Now) + TimeSpan.FromSeconds(time > TimeSpan.FromMinutes(1) ? 50 : 1);
            Now = end < to ? end : to;
            if (Now == end)
            {
                Send();
            }
        }
    }

    /// <summary>Tells a trade that was made some time ago.</summary>
    public void Trade(string symbol, decimal price, decimal size, TimeSpan ago)
    {
        var at = Now - ago;
        var second = (symbol, CandleInterval.Second.OpenTimeAt(at));
        var trade = new Candle
        {
            OpenTime = second.Item2, Open = price, High = price, Low = price, Close = price, Volume = size, QuoteVolume = price * size, Trades = 1, FirstAt = at, LastAt = at,
        };
        _seconds[second] = _seconds.TryGetValue(second, out var candle) ? candle.Join(trade, second.Item2) : trade;
        _changed.Add(second);
    }

    /// <summary>Ends this life of the ticker and begins the next one.</summary>
    /// <param name="forgets">Whether the next one does not know the last trades.</param>
    /// <param name="pause">How long nobody watches.</param>
    public void Restart(bool forgets, TimeSpan pause)
    {
        if (forgets)
        {
            _seconds.Clear();
        }

        _changed.Clear();
        _changed.UnionWith(_seconds.Keys.Where(key => key.Second > Now - TimeSpan.FromSeconds(10)));
        Now += pause;
        (_at, _isNew, _watchedTo) = (new CandlePosition(_at.Epoch + 1, _at.Seq), true, Now);
    }

    /// <summary>The candles of a symbol in an interval, of all that was sent.</summary>
    public List<Candle> Candles(string symbol, CandleInterval interval)
    {
        var candles = new List<Candle>();
        foreach (var ((second, _), versions) in _told.Where(told => told.Key.Symbol == symbol))
        {
            var whole = versions.Values.Aggregate((one, other) => one.Join(other, second) with
            {
                Volume = Math.Max(one.Volume, other.Volume), QuoteVolume = Math.Max(one.QuoteVolume, other.QuoteVolume), Trades = Math.Max(one.Trades, other.Trades),
            });
            var openTime = interval.OpenTimeAt(second);
            if (candles.Count > 0 && candles[^1].OpenTime == openTime)
            {
                candles[^1] = candles[^1].Join(whole, openTime);
            }
            else
            {
                candles.Add(whole with { OpenTime = openTime });
            }
        }

        return candles;
    }

    private void Send()
    {
        var after = _isNew ? default : _at;
        _isNew = false;
        _at = _at with { Seq = _at.Seq + 1 };
        foreach (var (symbol, second) in _changed.Where(key => key.Second + TimeSpan.FromSeconds(1) > _finalBefore))
        {
            var key = (second, symbol);
            _told.TryAdd(key, []);
            _told[key][_at.Epoch] = _seconds[(symbol, second)];
        }

        var seconds = _changed.Select(key => new SymbolCandle(key.Symbol, CandleInterval.Second, _seconds[key])).ToImmutableArray();
        Batches.Add(new CandleBatch(_at, after, new TimeRange(_watchedTo, Now), Now - TimeSpan.FromSeconds(5), seconds));
        (_watchedTo, _finalBefore) = (Now, Now - TimeSpan.FromSeconds(5));
        _changed.Clear();
    }
}
