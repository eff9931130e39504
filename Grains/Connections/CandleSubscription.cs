using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Grains.Connections;

/// <summary>The candles that a client has subscribed to, whether or not it may see them now.</summary>
/// <param name="wanted">The series to begin with; null for none.</param>
internal sealed class CandleSubscription(ImmutableArray<CandleSeries>? wanted)
{
    private static readonly ImmutableSortedSet<CandleSeries> Nothing = ImmutableSortedSet.Create<CandleSeries>(new SeriesOrder());

    private ImmutableSortedSet<CandleSeries> _wanted = Nothing.Union(wanted ?? []);

    /// <summary>All series that the client has subscribed to, in order; null for none.</summary>
    public ImmutableArray<CandleSeries>? Wanted => _wanted.IsEmpty ? null : [.. _wanted];

    /// <summary>The series of symbols that are in the market and allowed, in order; null for none.</summary>
    public ImmutableArray<CandleSeries>? In(ImmutableArray<string> market, Predicate<string> isAllowed)
    {
        if (_wanted.IsEmpty)
        {
            return null;
        }

        var symbols = market.ToHashSet(StringComparer.Ordinal);
        ImmutableArray<CandleSeries> seen = [.. _wanted.Where(series => symbols.Contains(series.Symbol) && isAllowed(series.Symbol))];
        return seen.IsEmpty ? null : seen;
    }

    public void Add(IEnumerable<string> symbols, CandleInterval interval) =>
        _wanted = _wanted.Union(symbols.Select(symbol => new CandleSeries(symbol, interval)));

    public void Remove(UnsubscribeCandlesMessage message) => _wanted = message.Symbols.Contains(SubscribeMessage.Everything)
        ? _wanted.Except(_wanted.Where(series => series.Interval == message.Interval))
        : _wanted.Except(message.Symbols.Select(symbol => new CandleSeries(symbol, message.Interval)));

    private sealed class SeriesOrder : IComparer<CandleSeries>
    {
        public int Compare(CandleSeries x, CandleSeries y) =>
            x.Interval != y.Interval ? x.Interval.CompareTo(y.Interval) : string.CompareOrdinal(x.Symbol, y.Symbol);
    }
}
