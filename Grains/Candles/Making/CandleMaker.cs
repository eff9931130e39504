using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>
/// Makes the batches of candles: one for each shard that has symbols, once a second. The shards take turns in that second, so that neither the work
/// nor the calls that follow bunch. Used only in the ticker's turns.
/// </summary>
internal sealed class CandleMaker
{
    /// <summary>The time from one batch of a shard to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<TradedSecond> _traded = [];
    private readonly IPriceSource _source;
    private readonly Action<int, CandleBatch> _take;
    private readonly TimeProvider _time;
    private readonly MarketClock _clock;
    private readonly LateWatch _watch;
    private readonly CandleBook _book;
    private readonly long _createdAt;
    private long _made; // How many turns of shards there have been.

    /// <param name="source">Where prices and trades come from.</param>
    /// <param name="take">Takes a batch for a shard. Must not wait.</param>
    /// <param name="time">The clock, of which only spans are used.</param>
    /// <param name="logger">Is told what is dropped.</param>
    public CandleMaker(IPriceSource source, Action<int, CandleBatch> take, TimeProvider time, ILogger logger)
    {
        (_source, _take, _time) = (source, take, time);
        _createdAt = time.GetTimestamp();
        _clock = new MarketClock(time);
        _watch = new LateWatch(time, logger);
        _book = new CandleBook(_clock, source.IsPricedByTrades, _watch);
    }

    /// <summary>Takes what a turn of the ticker has brought, and makes the batches that are due.</summary>
    /// <param name="changes">The quotes that the source gave in it.</param>
    /// <param name="at">The epoch and the newest tick.</param>
    /// <param name="isOutage">Whether the source has an outage.</param>
    public void TakeTurn(List<Quote> changes, CandlePosition at, bool isOutage)
    {
        _clock.Proceed();
        foreach (var quote in changes)
        {
            _book.Take(quote);
        }

        _traded.Clear();
        _source.CollectTrades(_traded);
        foreach (var second in _traded)
        {
            _book.Take(second);
        }

        var due = _time.GetElapsedTime(_createdAt).Ticks / (Interval.Ticks / ICandleGrain.Shards);
        for (_made = Math.Max(_made, due - ICandleGrain.Shards); _made < due; _made++)
        {
            Make((int)(_made % ICandleGrain.Shards), at, isOutage);
        }

        _watch.Check();
    }

    /// <summary>Makes a last batch for every shard.</summary>
    public void MakeLast(CandlePosition at, bool isOutage)
    {
        _clock.Proceed();
        for (var shard = 0; shard < ICandleGrain.Shards; shard++)
        {
            Make(shard, at, isOutage);
        }
    }

    private void Make(int number, CandlePosition at, bool isOutage)
    {
        var shard = _book.ShardOf(number);
        if (_clock.HasBegun && shard.HasSymbols)
        {
            var batch = shard.MakeBatch(_clock, at, isOutage, out var dropped);
            _watch.NoteAhead(dropped);
            _take(number, batch);
        }
    }
}
