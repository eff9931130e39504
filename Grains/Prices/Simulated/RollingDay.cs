namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// The prices and the volume of the last 24 hours, or since the first trade if that is later. They are kept in parts of a quarter of an hour: the
/// day is the current part and all that began in the 24 hours before it.
/// </summary>
internal sealed class RollingDay
{
    /// <summary>How many parts a day has.</summary>
    public const int Parts = 96;

    /// <summary>How long a part is.</summary>
    public static readonly TimeSpan PartLength = TimeSpan.FromDays(1) / Parts;

    private readonly Queue<Part> _closed = new();
    private Part _current;

    /// <summary>The first price.</summary>
    public decimal Open { get; private set; }

    /// <summary>The highest price.</summary>
    public decimal High { get; private set; }

    /// <summary>The lowest price.</summary>
    public decimal Low { get; private set; }

    /// <summary>How many lots were traded.</summary>
    public long Lots { get; private set; }

    /// <summary>Adds a trade.</summary>
    /// <param name="part">The number of the current part, counted from any instant. It never falls.</param>
    /// <param name="price">The price.</param>
    /// <param name="lots">The size.</param>
    public void Add(long part, decimal price, long lots)
    {
        if (part != _current.Number || _current.Low == 0)
        {
            Begin(part, price);
        }

        Lots += lots;
        _current.Lots += lots;
        if (price > _current.High)
        {
            _current.High = price;
            High = Math.Max(High, price);
        }
        else if (price < _current.Low)
        {
            _current.Low = price;
            Low = Math.Min(Low, price);
        }
    }

    private void Begin(long number, decimal price)
    {
        if (_current.Low != 0)
        {
            _closed.Enqueue(_current);
        }

        while (_closed.TryPeek(out var oldest) && oldest.Number < number - Parts)
        {
            _closed.Dequeue();
        }

        _current = new Part { Number = number, Open = price, High = price, Low = price };
        (Open, High, Low, Lots) = (_closed.TryPeek(out var first) ? first.Open : price, price, price, 0);
        foreach (var part in _closed)
        {
            High = Math.Max(High, part.High);
            Low = Math.Min(Low, part.Low);
            Lots += part.Lots;
        }
    }

    private struct Part
    {
        public long Number;
        public decimal Open;
        public decimal High;
        public decimal Low; // 0 before the first trade.
        public long Lots;
    }
}
