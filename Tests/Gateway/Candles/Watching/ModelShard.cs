using System.Collections.Immutable;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Candles.Watching;

/// <summary>
/// A shard with one series of seconds, as far as a gateway notices it. After its death it knows only what was stored, and the ticker sends it the
/// rest again.
/// </summary>
internal sealed class ModelShard : ICandleFeed
{
    private const int SecondsUntilFinal = 5;

    private readonly List<ImmutableArray<Candle>> _batches = [];
    private ImmutableSortedDictionary<DateTimeOffset, Candle> _candles = ImmutableSortedDictionary<DateTimeOffset, Candle>.Empty;
    private int _taken;

    public DateTimeOffset FinalBefore => _taken == 0 ? default : Candles.At(_taken - SecondsUntilFinal);

    /// <summary>All closed candles.</summary>
    public IEnumerable<Candle> Closed => _candles.Values.Where(candle => candle.OpenTime + TimeSpan.FromSeconds(1) <= FinalBefore);

    private CandlePosition At => new(_taken == 0 ? 0 : 1, _taken);

    /// <summary>The ticker sends the next batch: again one that was lost, or a new one. What changes is up to a number.</summary>
    public void Append(int random)
    {
        if (_taken == _batches.Count)
        {
            _batches.Add(Make(_taken + 1, random));
        }

        _taken++;
        foreach (var candle in _batches[_taken - 1])
        {
            _candles = _candles.SetItem(candle.OpenTime, candle);
        }
    }

    /// <summary>Everything that was lost comes again.</summary>
    public void CatchUp()
    {
        while (_taken < _batches.Count)
        {
            Append(0);
        }
    }

    /// <summary>Its silo dies, before the last batches were stored.</summary>
    public void Die(int lost)
    {
        var left = Math.Max(0, _taken - lost);
        (_taken, _candles) = (0, _candles.Clear());
        while (_taken < left)
        {
            Append(0);
        }
    }

    /// <summary>What has changed after a position.</summary>
    public CandleUpdate ChangedAfter(CandlePosition after) => new(
        At > after ? At : after,
        FinalBefore,
        IsComplete: true,
        [.. _candles.Values.Where(candle => candle.ChangedAt > after).Select(candle => new SymbolCandle("A", CandleInterval.Second, candle))]);

    public Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var all = _candles.Values.Where(candle => query.From is not { } from || candle.OpenTime >= from).ToList();
        var page = query.From is null ? all.TakeLast(query.Limit) : all.Take(query.Limit);
        return Task.FromResult(new CandlePage(At, FinalBefore, [.. page], all.Count > query.Limit, []));
    }

    public WatchedSeries Acquire(CandleSeries series) => throw new NotSupportedException();

    public void Release(WatchedSeries series) => throw new NotSupportedException();

    /// <summary>The seconds that may still change, each by its bit of a number; a second without a bit may never have a candle.</summary>
    private static ImmutableArray<Candle> Make(int batch, int random)
    {
        var seconds = Enumerable.Range(0, SecondsUntilFinal).Where(back => (random >> back & 1) != 0).Select(back => batch - 1 - back).Where(second => second >= 0);
        return [.. seconds.Order().Select(second => Candles.Second(second, batch, batch, batch))];
    }
}
