namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>The last seconds in which a symbol was traded, and what is known of each. Bounded. For one thread at a time.</summary>
/// <remarks>
/// What counts is when a second was last told of, by a monotonic clock, and not which second it is. So a trade with a wrong time, ahead or in
/// the past, takes one place until nothing has been told of it for a while, and moves no other second out. If every trade had another wrong
/// time, the seconds that are being traded in would still stay, since they are told of all the time.
/// </remarks>
/// <param name="most">How many seconds are kept at most, up to 32. Beyond them, the one that was not told of for longest is forgotten.</param>
/// <param name="kept">How long a second is kept that is told of no more, before another one takes its place.</param>
/// <typeparam name="T">What is known of a second.</typeparam>
internal sealed class RecentSeconds<T>(int most, TimeSpan kept)
    where T : struct
{
    private const int FirstLength = 2;

    // Apart from what is known, which is long: a look for a second touches little memory.
    private long[] _numbers = [];
    private TimeSpan[] _touchedAt = [];
    private T[] _known = [];
    private uint _changed; // Bit n: the second at n.
    private int _last;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What is known of a second. The reference is valid until the next <see cref="Touch"/>.</summary>
    public ref T this[int index] => ref _known[index];

    /// <summary>Finds a second of which something is told, or adds it.</summary>
    /// <param name="at">An instant of the second.</param>
    /// <param name="now">The time on a monotonic clock.</param>
    /// <param name="isNew">Whether nothing is known of it yet.</param>
    /// <returns>Its index.</returns>
    public int Touch(DateTimeOffset at, TimeSpan now, out bool isNew)
    {
        var number = at.UtcTicks / TimeSpan.TicksPerSecond;
        isNew = false;
        if (_last >= Count || _numbers[_last] != number)
        {
            _last = Array.IndexOf(_numbers, number, 0, Count);
            isNew = _last < 0;
            _last = isNew ? Add(number, now) : _last;
        }

        _touchedAt[_last] = now;
        return _last;
    }

    /// <summary>Notes that something has become known of a second.</summary>
    public void MarkChanged(int index) => _changed |= 1u << index;

    /// <summary>The seconds that were marked since the last call: bit n for the one at n.</summary>
    public uint TakeChanged()
    {
        var changed = _changed;
        _changed = 0;
        return changed;
    }

    /// <summary>The seconds that were told of in the last time: bit n for the one at n.</summary>
    /// <param name="now">The time on a monotonic clock.</param>
    /// <param name="age">How long ago it may have been.</param>
    public uint FindTouched(TimeSpan now, TimeSpan age)
    {
        var found = 0u;
        for (var index = 0; index < Count; index++)
        {
            found |= now - _touchedAt[index] <= age ? 1u << index : 0;
        }

        return found;
    }

    private int Add(long number, TimeSpan now)
    {
        var place = 0;
        for (var index = 1; index < Count; index++)
        {
            place = _touchedAt[index] < _touchedAt[place] ? index : place;
        }

        if (Count == 0 || (Count < most && now - _touchedAt[place] <= kept))
        {
            place = Count++;
            if (place == _numbers.Length)
            {
                Grow();
            }
        }

        _numbers[place] = number;
        _known[place] = default;
        _changed &= ~(1u << place);
        return place;
    }

    private void Grow()
    {
        var length = Math.Min(Math.Max(_numbers.Length * 2, FirstLength), most);
        Array.Resize(ref _numbers, length);
        Array.Resize(ref _touchedAt, length);
        Array.Resize(ref _known, length);
    }
}
