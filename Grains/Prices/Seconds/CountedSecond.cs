using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>The trades of one second, counted one by one, in whatever order they come. For one thread at a time.</summary>
internal struct CountedSecond
{
    private decimal _open;
    private decimal _high;
    private decimal _low;
    private decimal _close;
    private long _firstAt; // UTC ticks, as is the next.
    private long _lastAt;
    private long? _firstId;
    private long? _lastId;
    private long _trades;
    private decimal _volume;
    private decimal _quoteVolume;

    /// <summary>Adds trades at one price.</summary>
    /// <param name="price">The price, which is <see cref="Plausible"/>.</param>
    /// <param name="size">The size, from zero.</param>
    /// <param name="count">How many trades they are.</param>
    /// <param name="at">When they were made.</param>
    /// <param name="id">The number of the last one, by which trades of the same instant are ordered; null for the order in which they come.</param>
    public void Add(decimal price, decimal size, int count, DateTimeOffset at, long? id)
    {
        var ticks = at.UtcTicks;
        var isNew = _trades == 0;
        if (isNew || ticks < _firstAt || (ticks == _firstAt && id < _firstId))
        {
            (_open, _firstAt, _firstId) = (price, ticks, id);
        }

        if (isNew || ticks > _lastAt || (ticks == _lastAt && !(id < _lastId)))
        {
            (_close, _lastAt, _lastId) = (price, ticks, id);
        }

        _high = isNew || price > _high ? price : _high;
        _low = isNew || price < _low ? price : _low;
        _trades += count;
        size = Math.Min(size, Plausible.MaxVolume);
        _volume = Math.Min(_volume + size, Plausible.MaxVolume);
        _quoteVolume = Math.Min(_quoteVolume + (price * size), Plausible.MaxVolume);
    }

    /// <summary>The trades so far, of which there is one at least.</summary>
    public readonly SecondTrades ToTrades() => new(
        new DateTimeOffset(_firstAt - (_firstAt % TimeSpan.TicksPerSecond), TimeSpan.Zero),
        _open,
        _high,
        _low,
        _close,
        new DateTimeOffset(_firstAt, TimeSpan.Zero),
        new DateTimeOffset(_lastAt, TimeSpan.Zero),
        _trades,
        _volume,
        _quoteVolume);
}
