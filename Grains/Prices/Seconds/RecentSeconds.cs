namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>The last seconds in which a symbol was traded, and what is known of each. Bounded. For one thread at a time.</summary>
/// <remarks>
/// What counts is when a second was last told of, by a monotonic clock, and not which second it is. So a trade with a wrong time, ahead or in
/// the past, takes one place until nothing has been told of it for a while, and moves no other second out. If every trade had another wrong
/// time, the seconds that are being traded in would still stay, since they are told of all the time.
/// </remarks>
/// <param name="most">How many seconds are kept at most. Beyond them, the one that was not told of for longest is forgotten.</param>
/// <param name="kept">How long a second is kept that is told of no more, before another one takes its place.</param>
/// <typeparam name="T">What is known of a second.</typeparam>
internal sealed class RecentSeconds<T>(int most, TimeSpan kept)
    where T : struct
{
    private const int FirstLength = 2;

    private RecentSecond<T>[] _seconds = [];
    private int _count;
    private int _last;

    /// <summary>The seconds, in no particular order.</summary>
    public Span<RecentSecond<T>> All => _seconds.AsSpan(0, _count);

    /// <summary>Finds a second of which something is told, or adds it. The reference is valid until the next call.</summary>
    /// <param name="at">An instant of the second.</param>
    /// <param name="now">The time on a monotonic clock.</param>
    public ref RecentSecond<T> Touch(DateTimeOffset at, TimeSpan now)
    {
        var number = at.UtcTicks / TimeSpan.TicksPerSecond;
        if (_last >= _count || _seconds[_last].Number != number)
        {
            _last = IndexOf(number) ?? Add(number, now);
        }

        ref var second = ref _seconds[_last];
        second.TouchedAt = now;
        return ref second;
    }

    private int? IndexOf(long number)
    {
        for (var index = 0; index < _count; index++)
        {
            if (_seconds[index].Number == number)
            {
                return index;
            }
        }

        return null;
    }

    private int Add(long number, TimeSpan now)
    {
        var place = 0;
        for (var index = 1; index < _count; index++)
        {
            place = _seconds[index].TouchedAt < _seconds[place].TouchedAt ? index : place;
        }

        if (_count == 0 || (_count < most && now - _seconds[place].TouchedAt <= kept))
        {
            place = _count++;
            if (place == _seconds.Length)
            {
                Array.Resize(ref _seconds, Math.Min(Math.Max(place * 2, FirstLength), most));
            }
        }

        _seconds[place] = new RecentSecond<T> { Number = number };
        return place;
    }
}
