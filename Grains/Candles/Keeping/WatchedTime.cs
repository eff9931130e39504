using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>The times at which a shard's symbols were watched, and those whose seconds were given up. Not thread-safe.</summary>
internal sealed class WatchedTime
{
    private readonly Coverage _watched = new();
    private readonly Coverage _givenUp = new();
    private Coverage _unwritten = new();

    /// <summary>What is not known to be stored.</summary>
    public ImmutableArray<TimeRange> Unwritten => _unwritten.Ranges;

    /// <summary>Whether seconds were given up since the last time that everything was stored.</summary>
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

        foreach (var range in other._givenUp.Ranges)
        {
            _givenUp.Add(range);
        }

        HasLoss |= other.HasLoss;
    }

    /// <summary>Notes a time whose seconds have left the memory before they were stored.</summary>
    public void GiveUp(TimeRange range)
    {
        _givenUp.Add(range);
        HasLoss = true;
    }

    /// <summary>Notes that the shard was stored.</summary>
    /// <param name="isAll">Whether there is nothing new since. Otherwise a time may be written twice.</param>
    public void NoteStored(bool isAll)
    {
        HasLoss = false;
        _unwritten = isAll ? new Coverage() : _unwritten;
    }

    /// <summary>The parts of a range that nobody watched, or whose seconds were given up.</summary>
    public ImmutableArray<TimeRange> GapsIn(TimeRange range, CandleInterval interval)
    {
        var gaps = _watched.GapsIn(range);
        if (interval != CandleInterval.Second || _givenUp.Since is null)
        {
            return gaps;
        }

        var all = new Coverage();
        foreach (var gap in gaps.Concat(_givenUp.In(range)))
        {
            all.Add(gap);
        }

        return all.Ranges;
    }

    /// <summary>Whether somebody has watched all of the time from an instant to the newest.</summary>
    public bool IsWatchedSince(DateTimeOffset since) =>
        _watched.Since <= since && _watched.GapsIn(new TimeRange(since, DateTimeOffset.MaxValue)).IsEmpty;
}
