using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The ticker's own record of the market: every symbol's quote with the ticks that last changed it. For one thread at a time.</summary>
internal sealed class QuoteBook
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<MarketQuote> _quotes = [];

    /// <summary>The newest tick with changes; 0 before the first.</summary>
    public long Seq { get; private set; }

    /// <summary>Enters the quotes that differ from those in the book, as the next tick. Where none differs there is no tick.</summary>
    /// <returns>The quotes that changed.</returns>
    public ImmutableArray<Quote> Apply(List<Quote> quotes)
    {
        var changed = ImmutableArray.CreateBuilder<Quote>(quotes.Count);
        foreach (var quote in quotes)
        {
            if (Enter(quote, Seq + 1))
            {
                changed.Add(quote);
            }
        }

        if (changed.Count > 0)
        {
            Seq++;
        }

        return changed.DrainToImmutable();
    }

    /// <summary>Begins the book with the last quotes of a life before, as the first tick of this one. Only for a book that is empty.</summary>
    public void Restore(IEnumerable<Quote> known) => Apply([.. known]);

    /// <summary>Every quote, in the order in which symbols first appeared.</summary>
    public ImmutableArray<MarketQuote> ToImmutable() => [.. _quotes];

    private bool Enter(Quote quote, long seq)
    {
        if (!_places.TryGetValue(quote.Symbol, out var place))
        {
            _places.Add(quote.Symbol, _quotes.Count);
            _quotes.Add(new MarketQuote(quote, seq, seq));
            return true;
        }

        var before = _quotes[place];
        if (before.Quote == quote)
        {
            return false;
        }

        _quotes[place] = new MarketQuote(quote, seq, quote.HasSamePrice(before.Quote) ? before.PriceSeq : seq);
        return true;
    }
}
