using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>
/// The newest candles of a symbol in all intervals that are kept. Seconds come in; each change of a second changes its minute, hour and day.
/// Not thread-safe.
/// </summary>
internal sealed class SymbolCandles
{
    private readonly RecentCandles[] _kept;

    /// <summary>What earlier lives of the ticker have seen of seconds that are not final: a later version of the present one does not replace it.</summary>
    private readonly Dictionary<DateTimeOffset, Candle> _earlier = [];

    /// <param name="capacity">How many candles of each interval are kept.</param>
    /// <param name="completeSince">As in <see cref="RecentCandles"/>, for each interval.</param>
    /// <param name="missingAt">As in <see cref="RecentCandles"/>.</param>
    public SymbolCandles(Func<CandleInterval, int> capacity, Func<CandleInterval, DateTimeOffset> completeSince, CandlePosition missingAt) =>
        _kept = [.. CandleIntervals.Kept.Select(interval => new RecentCandles(capacity(interval), completeSince(interval), missingAt))];

    /// <summary>The candles of an interval that is kept.</summary>
    public RecentCandles Of(CandleInterval interval) => _kept[CandleIntervals.Kept.IndexOf(interval)];

    /// <summary>Whether candles that were changed after a position will soon be dropped.</summary>
    public bool IsFull(CandlePosition position) => Array.Exists(_kept, kept => kept.IsFull(position));

    /// <summary>The candles of any interval that were changed after a position, in the order of time.</summary>
    public List<Candle> ChangedAfter(CandleInterval interval, CandlePosition position)
    {
        var kept = Of(interval.KeptAs());
        var changed = kept.ChangedAfter(position);
        if (interval == interval.KeptAs() || changed.Count == 0)
        {
            return changed;
        }

        var from = interval.OpenTimeAt(changed[0].OpenTime);
        var to = interval.OpenTimeAt(changed[^1].OpenTime) + interval.Length();
        return [.. CandleSums.RollUp(kept.In(new TimeRange(from, to)), interval).Where(candle => candle.ChangedAt > position && candle.OpenTime >= kept.CompleteSince)];
    }

    /// <summary>Takes a second as the ticker knows it. It replaces what the same life of the ticker said of it before.</summary>
    public void Take(in Candle second)
    {
        if (second.OpenTime < Of(CandleInterval.Second).CompleteSince)
        {
            return; // A market that has begun anew: whether its minute has it already is not known any more.
        }

        var before = Of(CandleInterval.Second).Find(second.OpenTime);
        var now = before is { } known ? Merge(known, second) : second;
        if (before is null || !CandleSums.SaysTheSame(before.Value, now))
        {
            Set(0, before, now);
        }
    }

    /// <summary>Takes a second that may be of several lives of the ticker, so that nothing replaces it.</summary>
    public void TakeMerged(in Candle second)
    {
        Take(second);
        _earlier[second.OpenTime] = Of(CandleInterval.Second).Find(second.OpenTime) ?? second;
    }

    /// <summary>Takes a minute whose seconds are not known any more. Seconds of it that are here are others.</summary>
    public void TakeMinute(in Candle minute)
    {
        var known = Of(CandleInterval.Minute).Find(minute.OpenTime);
        Set(CandleIntervals.Kept.IndexOf(CandleInterval.Minute), known, known is { } other ? other.Join(minute, minute.OpenTime) : minute);
    }

    /// <summary>Takes a candle that was stored. Those of an interval come after those of all shorter ones.</summary>
    /// <param name="interval">Its interval.</param>
    /// <param name="candle">The candle.</param>
    /// <param name="isPart">Whether the longer candle that it is a part of is not stored.</param>
    public void Restore(CandleInterval interval, in Candle candle, bool isPart)
    {
        if (interval == CandleInterval.Second)
        {
            _earlier[candle.OpenTime] = candle; // It may be of several lives.
        }

        if (isPart)
        {
            Set(CandleIntervals.Kept.IndexOf(interval), Of(interval).Find(candle.OpenTime), candle);
        }
        else
        {
            Of(interval).Set(candle);
        }
    }

    /// <summary>Forgets what is needed of seconds only while they may change.</summary>
    /// <param name="finalBefore">Seconds that end at this time or earlier do not change any more.</param>
    public void Close(DateTimeOffset finalBefore)
    {
        foreach (var second in _earlier.Keys)
        {
            if (second + CandleInterval.Second.Length() <= finalBefore)
            {
                _earlier.Remove(second);
            }
        }
    }

    private Candle Merge(in Candle known, in Candle second)
    {
        if (known.ChangedAt.Epoch != second.ChangedAt.Epoch)
        {
            _earlier[second.OpenTime] = known;
        }

        return _earlier.TryGetValue(second.OpenTime, out var earlier) ? CandleSums.Merge(earlier, second) : second;
    }

    /// <summary>Enters a candle, and what it changes in the longer ones that it is a part of.</summary>
    private void Set(int level, Candle? before, Candle now)
    {
        _kept[level].Set(now);
        for (; level + 1 < _kept.Length; level++)
        {
            var interval = CandleIntervals.Kept[level + 1];
            var openTime = interval.OpenTimeAt(now.OpenTime);
            if (openTime < _kept[level + 1].CompleteSince)
            {
                return; // Too long ago: it is no longer kept here.
            }

            var whole = _kept[level + 1].Find(openTime);
            now = Longer(level, interval, openTime, whole, before, now);
            before = whole;
            _kept[level + 1].Set(now);
        }
    }

    private Candle Longer(int level, CandleInterval interval, DateTimeOffset openTime, Candle? whole, Candle? before, in Candle now)
    {
        if (whole is null)
        {
            return now with { OpenTime = openTime };
        }

        return before is { } known && !CandleSums.HasOnlyGrown(known, now) && _kept[level].CompleteSince <= openTime
            ? CandleSums.RollUp(_kept[level].In(new TimeRange(openTime, openTime + interval.Length())), interval)[0]
            : CandleSums.Add(whole.Value, before, now);
    }
}
