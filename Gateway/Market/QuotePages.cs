using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// The quotes of a market by place. Immutable: a change copies the pages that it writes, and shares all others with the previous instance.
/// </summary>
internal sealed class QuotePages
{
    /// <summary>
    /// How many quotes a page holds. With more, a change copies more than it writes; with fewer, the table of pages is longer.
    /// </summary>
    internal const int PageLength = 16;

    private readonly MarketQuote[][] _pages;

    private QuotePages(MarketQuote[][] pages, int count)
    {
        _pages = pages;
        Count = count;
    }

    /// <summary>The number of quotes.</summary>
    public int Count { get; }

    /// <summary>The quote at a place.</summary>
    public MarketQuote this[int place] => _pages[place / PageLength][place % PageLength];

    /// <summary>Creates pages in which the place of each quote is its index in the collection.</summary>
    public static QuotePages Of(IReadOnlyCollection<MarketQuote> quotes) => new([.. quotes.Chunk(PageLength)], quotes.Count);

    /// <summary>These quotes followed by more. It copies everything, since new symbols are rare.</summary>
    public QuotePages Append(IEnumerable<MarketQuote> quotes) => Of([.. _pages.SelectMany(page => page), .. quotes]);

    /// <summary>These quotes with the changes of a tick.</summary>
    /// <param name="places">The places of the tick's quotes, each at the index of its quote.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="prices">How many of its quotes say something new to a client that is sent prices only.</param>
    public QuotePages With(ReadOnlySpan<int> places, Tick tick, out int prices)
    {
        prices = 0;
        MarketQuote[][] pages = [.. _pages];
        for (var index = 0; index < places.Length; index++)
        {
            var (number, offset) = Math.DivRem(places[index], PageLength);
            if (pages[number] == _pages[number])
            {
                pages[number] = [.. pages[number]];
            }

            var (quote, before) = (tick.Quotes[index], pages[number][offset]);
            var priceSeq = quote.HasSamePrice(before.Quote) ? before.PriceSeq : tick.Seq;
            pages[number][offset] = new MarketQuote(quote, tick.Seq, priceSeq);
            prices += priceSeq == tick.Seq ? 1 : 0;
        }

        return new QuotePages(pages, Count);
    }
}
