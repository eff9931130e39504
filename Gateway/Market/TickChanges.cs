using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>The places whose quotes a tick changed, in ascending order, at each level of detail. Immutable.</summary>
internal sealed class TickChanges
{
    private readonly int[] _all;
    private readonly int[] _prices; // The same array where the tick changed nothing but prices.

    private TickChanges(int[] all, int[] prices) => (_all, _prices) = (all, prices);

    /// <summary>Finds out what a tick changed.</summary>
    /// <param name="places">The places of the tick's quotes, in ascending order.</param>
    /// <param name="quotes">The quotes after the tick.</param>
    /// <param name="seq">The seq of the tick.</param>
    /// <param name="prices">How many of the quotes say something new to a client that is sent prices only.</param>
    public static TickChanges Of(int[] places, QuotePages quotes, long seq, int prices) =>
        new(places, prices == places.Length ? places : PricesOf(places, quotes, seq));

    /// <summary>The places whose changes a client sees at a level of detail.</summary>
    public ReadOnlySpan<int> At(DetailLevel detail) => detail == DetailLevel.Price ? _prices : _all;

    private static int[] PricesOf(int[] places, QuotePages quotes, long seq) => Array.FindAll(places, place => quotes[place].PriceSeq == seq);
}
