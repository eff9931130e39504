namespace OrleansTicker.Grains.Candles.Making;

/// <summary>
/// The time of the market, made of the times of its events and of the monotonic clock. It never goes back, and the clock of this machine has no
/// part in it. Used only in the ticker's turns.
/// </summary>
/// <remarks>
/// It proceeds with the monotonic clock, so it needs no event to go on, and an event that is not later moves nothing. What is later moves it only
/// if <see cref="Witnesses"/> events in a row agree that it is: of as many different symbols, or of as many as there are. It then moves to the
/// earliest of them. So the wrong time of one symbol moves nothing, and a recording that jumps, or is played at a higher speed, moves it at
/// once. It begins in the same way, but only when the turn is over, so that all that is known at the start is heard. A clock that is ahead of the market can't be put right, because what is final stays final. But where all events are late for
/// <see cref="LatenessLimit"/>, it rests until they have come as far: a clock that an exchange has put right, or a recording that begins again.
/// </remarks>
internal sealed class MarketClock(TimeProvider time)
{
    /// <summary>How long after its end a second may change.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(5);

    /// <summary>How many events have to agree.</summary>
    public const int Witnesses = 3;

    /// <summary>How long the first events wait for those of other symbols.</summary>
    public static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long later events of fewer symbols have to be the only ones until they are believed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long all events have to be late until the clock rests.</summary>
    public static readonly TimeSpan LatenessLimit = TimeSpan.FromSeconds(10);

    private readonly (int Symbol, long At)[] _row = new (int Symbol, long At)[Witnesses];
    private readonly long _createdAt = time.GetTimestamp();
    private int _count;
    private int _events; // In the row, including those that a later one of the same symbol has replaced.
    private long _rowFrom; // The earliest event of the row.
    private TimeSpan _rowBegunAt;
    private int _symbols;
    private TimeSpan _elapsed;
    private TimeSpan? _lateSince;
    private bool _isResting;

    /// <summary>Whether it has begun: enough events have come.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The time of the market at the last <see cref="Proceed"/>, or later if events have moved it since, in UTC ticks.</summary>
    public long Now { get; private set; }

    /// <summary>When it began, in UTC ticks.</summary>
    public long BegunAt { get; private set; }

    /// <summary>The time from which on the market has been watched without interruption, in UTC ticks: when it began, or after the last jump.</summary>
    public long WatchedFrom { get; private set; }

    /// <summary>Reads the monotonic clock. Called at the beginning of each turn.</summary>
    public void Proceed()
    {
        var before = _elapsed;
        _elapsed = time.GetElapsedTime(_createdAt);
        if (HasBegun && !_isResting)
        {
            Now = Math.Min(Now + (_elapsed - before).Ticks, DateTimeOffset.MaxValue.UtcTicks);
            Forget(Now);
        }

        var age = _elapsed - _rowBegunAt;
        var isEnough = HasBegun ? _events >= Witnesses && age >= Patience : age >= FirstPatience || (_count == Witnesses && _symbols >= Witnesses);
        if (_count > 0 && isEnough)
        {
            Believe();
        }
    }

    /// <summary>Notes an event.</summary>
    /// <param name="symbol">The number of its symbol, in the order in which their first events came, from 0.</param>
    /// <param name="at">When it was made, in UTC ticks.</param>
    public void Observe(int symbol, long at)
    {
        _symbols = Math.Max(_symbols, symbol + 1);
        if (HasBegun && at < Now - Lateness.Ticks)
        {
            _lateSince ??= _elapsed;
            _isResting |= _elapsed - _lateSince >= LatenessLimit;
            _count = 0;
            return;
        }

        _lateSince = null;
        if (HasBegun && at <= Now)
        {
            _isResting &= at < Now;
            _count = 0;
            return;
        }

        _isResting = false;
        Enter(symbol, at);
        if (HasBegun && _count == Witnesses)
        {
            Believe();
        }
    }

    /// <summary>Enters a later event in the row. The newest one of a symbol counts, unless there are too few symbols.</summary>
    private void Enter(int symbol, long at)
    {
        if (_count == 0)
        {
            (_events, _rowFrom, _rowBegunAt) = (0, at, _elapsed);
        }

        _events++;
        _rowFrom = Math.Min(_rowFrom, at);
        var (own, first) = (0, 0);
        for (var index = _count - 1; index >= 0; index--)
        {
            if (_row[index].Symbol == symbol)
            {
                (own, first) = (own + 1, index);
            }
        }

        var mostOfOne = Math.Max(1, Witnesses + 1 - Math.Min(_symbols, Witnesses));
        if (own >= mostOfOne || _count == Witnesses)
        {
            var replaced = own >= mostOfOne ? first : 0;
            Array.Copy(_row, replaced + 1, _row, replaced, --_count - replaced);
        }

        _row[_count++] = (symbol, at);
    }

    /// <summary>Moves to the earliest event of the row.</summary>
    private void Believe()
    {
        var earliest = long.MaxValue;
        foreach (var (_, at) in _row.AsSpan(0, _count))
        {
            earliest = Math.Min(earliest, at);
        }

        if (!HasBegun)
        {
            (HasBegun, BegunAt, WatchedFrom) = (true, earliest, earliest);
        }
        else if (_rowFrom - Now > Lateness.Ticks)
        {
            WatchedFrom = _rowFrom;
        }

        Now = earliest;
        Forget(earliest);
    }

    /// <summary>Takes out of the row what is not later any more. What is left begins a row of its own.</summary>
    private void Forget(long until)
    {
        var left = 0;
        var from = long.MaxValue;
        foreach (var witness in _row.AsSpan(0, _count))
        {
            if (witness.At > until)
            {
                _row[left++] = witness;
                from = Math.Min(from, witness.At);
            }
        }

        if (left < _count)
        {
            (_count, _events, _rowFrom, _rowBegunAt) = (left, left, from, _elapsed);
        }
    }
}
