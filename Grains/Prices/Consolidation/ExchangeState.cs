namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>An exchange, and whether it is live.</summary>
internal sealed class ExchangeState(string name)
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    /// <summary>So far that no sum of times overflows.</summary>
    private static readonly TimeSpan MaxBehind = TimeSpan.FromDays(100_000);

    private readonly List<Guid> _lives = [];
    private TimeSpan? _heardAt;
    private TimeSpan? _lostAt;

    /// <summary>Its name, as its settings have it.</summary>
    public string Name { get; } = name;

    /// <summary>The symbols that it has spoken of.</summary>
    public List<Listing> Listings { get; } = [];

    /// <summary>How far its clock is ahead of most exchanges'; its times count by theirs.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>
    /// The same in whole seconds, by which its seconds are put right. Zero where its times are not used: the book of an exchange that is ahead by
    /// a day has times of receipt.
    /// </summary>
    public TimeSpan SecondsAhead =>
        ClockAhead < MaxAhead && ClockAhead > -MaxBehind ? TimeSpan.FromSeconds(Math.Round(ClockAhead.TotalSeconds)) : TimeSpan.Zero;

    /// <summary>A time of its clock by that of most exchanges. Where that is out of all range, it is the first or the last time that there is.</summary>
    public DateTimeOffset PutRight(DateTimeOffset at)
    {
        var ahead = Math.Clamp(ClockAhead.Ticks, -DateTimeOffset.MaxValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset(Math.Clamp(at.UtcTicks - ahead, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }

    /// <summary>Whether it is live, as of the last <see cref="Check"/>.</summary>
    public bool IsLive { get; private set; }

    public void Hear(TimeSpan at) => _heardAt = _heardAt > at ? _heardAt : at;

    public void Lose(TimeSpan at) => _lostAt = _lostAt > at ? _lostAt : at;

    /// <summary>Finds out whether it is live.</summary>
    /// <returns>Whether that has changed.</returns>
    public bool Check(TimeSpan now, TimeSpan maxSilence)
    {
        var wasLive = IsLive;
        IsLive = _heardAt is { } heardAt && !(_lostAt >= heardAt) && now - heardAt <= maxSilence;
        return IsLive != wasLive;
    }

    /// <summary>The number of a life of its feed: 1 for the first that was seen, 2 for the next.</summary>
    public int NumberOf(Guid feed)
    {
        var index = _lives.LastIndexOf(feed);
        if (index < 0)
        {
            index = _lives.Count;
            _lives.Add(feed);
        }

        return index + 1;
    }
}
