namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>A few figures in ascending order, of which the median is wanted. Reused: for one thread at a time.</summary>
internal sealed class SortedFigures
{
    private decimal[] _figures = new decimal[8];

    public int Count { get; private set; }

    public decimal Lowest => _figures[0];

    public decimal Highest => _figures[Count - 1];

    /// <summary>The one in the middle, or the middle of the two that are there; null if there are none.</summary>
    public decimal? Median =>
        Count == 0 ? null :
        Count % 2 == 1 ? _figures[Count / 2] :
        (_figures[(Count / 2) - 1] + _figures[Count / 2]) * 0.5m;

    public void Clear() => Count = 0;

    public void Add(decimal figure)
    {
        if (Count == _figures.Length)
        {
            Array.Resize(ref _figures, Count * 2);
        }

        var place = Count++;
        for (; place > 0 && _figures[place - 1] > figure; place--)
        {
            _figures[place] = _figures[place - 1];
        }

        _figures[place] = figure;
    }

    /// <summary>Adds a figure, if it is known.</summary>
    public void Add(decimal? figure)
    {
        if (figure is { } known)
        {
            Add(known);
        }
    }
}
