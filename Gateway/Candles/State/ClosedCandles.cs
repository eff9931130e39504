using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles.State;

/// <summary>
/// The newest closed candles of a series, in the order of time. Immutable, but what follows from it by one more candle mostly shares its
/// memory: adding costs next to nothing. Any thread may read it; only one may add.
/// </summary>
internal sealed class ClosedCandles
{
    private readonly int _capacity;
    private readonly Candle[] _shared;
    private readonly int _start;

    /// <summary>None yet.</summary>
    /// <param name="capacity">How many are kept.</param>
    public ClosedCandles(int capacity)
        : this(capacity, [], 0, 0)
    {
    }

    private ClosedCandles(int capacity, Candle[] shared, int start, int count)
    {
        _capacity = capacity;
        _shared = shared;
        _start = start;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Whether the oldest one goes when another one is added.</summary>
    public bool IsFull => Count == _capacity;

    public ref readonly Candle this[int index] => ref _shared[_start + index];

    /// <summary>The same without any candle.</summary>
    public ClosedCandles Clear() => new(_capacity);

    /// <summary>These and one more, without the oldest if there are too many.</summary>
    public ClosedCandles Add(in Candle candle)
    {
        var (start, count) = IsFull ? (_start + 1, Count - 1) : (_start, Count);
        var end = start + count;
        if (end < _shared.Length && _shared[end] == default)
        {
            _shared[end] = candle; // Beyond the end of everybody who has this array.
            return new ClosedCandles(_capacity, _shared, start, count + 1);
        }

        var larger = new Candle[Math.Min(Math.Max(4, 2 * (count + 1)), 2 * _capacity)];
        Array.Copy(_shared, start, larger, 0, count);
        larger[count] = candle;
        return new ClosedCandles(_capacity, larger, 0, count + 1);
    }

    /// <summary>The index of the first one that opens at a time or later; <see cref="Count"/> if there is none.</summary>
    public int IndexOf(DateTimeOffset openTime)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = this[middle].OpenTime < openTime ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
