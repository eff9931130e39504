namespace OrleansTicker.Gateway.Market;

/// <summary>
/// The places that two lists have in common, in ascending order. They are found by a galloping search, which is linear in the shorter list
/// and logarithmic in the longer one.
/// </summary>
/// <param name="first">Places in ascending order.</param>
/// <param name="second">Places in ascending order.</param>
internal ref struct PlaceIntersection(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
{
    private readonly ReadOnlySpan<int> _first = first;
    private readonly ReadOnlySpan<int> _second = second;
    private int _inFirst;
    private int _inSecond;

    public int Current { get; private set; }

    public readonly PlaceIntersection GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_inFirst < _first.Length && _inSecond < _second.Length)
        {
            var (one, other) = (_first[_inFirst], _second[_inSecond]);
            if (one == other)
            {
                (Current, _inFirst, _inSecond) = (one, _inFirst + 1, _inSecond + 1);
                return true;
            }

            if (one < other)
            {
                _inFirst = Seek(_first, _inFirst, other);
            }
            else
            {
                _inSecond = Seek(_second, _inSecond, one);
            }
        }

        return false;
    }

    /// <summary>
    /// The index of the first place that is not before the sought one. It searches near the start first, in steps that double.
    /// </summary>
    private static int Seek(ReadOnlySpan<int> places, int start, int sought)
    {
        var end = start;
        for (var step = 1; end < places.Length && places[end] < sought; step *= 2)
        {
            start = end + 1;
            end += step;
        }

        var found = places[start..Math.Min(end, places.Length)].BinarySearch(sought);
        return start + (found < 0 ? ~found : found);
    }
}
