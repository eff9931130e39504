using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>The times at which a shard's symbols were watched, and those whose candles were given up. Not thread-safe.</summary>
internal sealed class WatchedTime
{
    private readonly Coverage _watched = new();
    private readonly Dictionary<CandleInterval, Coverage> _givenUp = CandleIntervals.Kept.ToDictionary(interval => interval, _ => new Coverage());
    private Coverage _unwritten = new();

    /// <summary>What is not known to be stored.</summary>
    public ImmutableArray<TimeRange> Unwritten => _unwritten.Ranges;

    /// <summary>Whether candles were given up since the last time that everything was stored.</summary>
    public bool HasLoss { get; private set; }

    /// <summary>Adds times that are stored.</summary>
    public void Restore(ImmutableArray<TimeRange> ranges)
    {
        foreach (var range in ranges)
        {
            _watched.Add(range);
        }
    }

    /// <summary>Adds a time that was watched.</summary>
    public void Add(TimeRange range)
    {
        _watched.Add(range);
        _unwritten.Add(range);
    }

    /// <summary>Adds all that another one has. None of it is stored.</summary>
    public void TakeOver(WatchedTime other)
    {
        foreach (var range in other._watched.Ranges)
        {
            Add(range);
        }

        // Longer candles are made of what is taken over.
        var isLonger = false;
        foreach (var interval in CandleIntervals.Kept)
        {
            foreach (var range in other._givenUp[isLonger ? CandleInterval.Minute : interval].Ranges)
            {
                _givenUp[interval].Add(range);
            }

            isLonger |= interval == CandleInterval.Minute;
        }

        HasLoss |= other.HasLoss;
    }

    /// <summary>Notes a time whose candles of an interval have left the memory before they were stored.</summary>
    public void GiveUp(CandleInterval interval, TimeRange range)
    {
        _givenUp[interval].Add(range);
        HasLoss = true;
    }

    /// <summary>Notes that the shard was stored.</summary>
    /// <param name="isAll">Whether there is nothing new since. Otherwise a time may be written twice.</param>
    public void NoteStored(bool isAll)
    {
        HasLoss = false;
        _unwritten = isAll ? new Coverage() : _unwritten;
    }

    /// <summary>The parts of a range that nobody watched, or whose candles were given up.</summary>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range, CandleInterval interval)
    {
        var gaps = _watched.GapsIn(range);
        if (_givenUp[interval].Since is null)
        {
            return gaps;
        }

        var all = new Coverage();
        foreach (var gap in gaps.Concat(_givenUp[interval].In(range)))
        {
            all.Add(gap);
        }

        return all.Ranges;
    }

    /// <summary>The end of the last watched time that begins before an instant; the instant if there is none.</summary>
    public DateTimeOffset LastBefore(DateTimeOffset instant) => _watched.LastBefore(instant);

    /// <summary>Whether somebody has watched all of a range, up to the last time that somebody did.</summary>
    public bool IsWatchedIn(TimeRange range) => _watched.Since is not null && _watched.GapsIn(range).IsEmpty;
}
