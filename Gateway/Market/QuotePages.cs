using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>The quotes of a market by their places. Immutable: a change copies the pages that it writes, and shares all others with what was before.</summary>
internal sealed class QuotePages
{
    /// <summary>How many quotes a page holds: the more, the more a change copies beside what it writes, and the fewer, the longer is the table of pages.</summary>
    internal const int PageLength = 16;

    private readonly MarketQuote[][] _pages;

    private QuotePages(MarketQuote[][] pages, int count)
    {
        _pages = pages;
        Count = count;
    }

    /// <summary>How many quotes there are.</summary>
    public int Count { get; }

    /// <summary>The quote at a place.</summary>
    public MarketQuote this[int place] => _pages[place / PageLength][place % PageLength];

    /// <summary>The quotes, each at the place at which it stands in the list.</summary>
    public static QuotePages Of(IReadOnlyCollection<MarketQuote> quotes) => new([.. quotes.Chunk(PageLength)], quotes.Count);

    /// <summary>These quotes and after them more. It copies everything: new symbols are rare.</summary>
    public QuotePages Append(IEnumerable<MarketQuote> quotes) => Of([.. _pages.SelectMany(page => page), .. quotes]);

    /// <summary>These quotes but for those that a tick changed.</summary>
    /// <param name="places">Where the tick's quotes stand, each at the index of its quote.</param>
    /// <param name="tick">The tick.</param>
    public QuotePages With(ReadOnlySpan<int> places, Tick tick)
    {
        MarketQuote[][] pages = [.. _pages];
        for (var index = 0; index < places.Length; index++)
        {
            var (number, offset) = Math.DivRem(places[index], PageLength);
            if (pages[number] == _pages[number])
            {
                pages[number] = [.. pages[number]];
            }

            pages[number][offset] = new MarketQuote(tick.Quotes[index], tick.Seq);
        }

        return new QuotePages(pages, Count);
    }
}
