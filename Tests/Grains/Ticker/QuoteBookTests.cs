using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticker;

namespace OrleansTicker.Tests.Grains.Ticker;

public sealed class QuoteBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly QuoteBook _book = new();

    [Fact]
    public void A_tick_holds_the_quotes_that_changed_and_only_those()
    {
        _book.Apply([Of("A", 1), Of("B", 2)]);

        var changed = _book.Apply([Of("A", 1), Of("B", 3)]);

        Assert.Equal([Of("B", 3)], changed);
        Assert.Equal(2, _book.Seq);
        Assert.Equal([new MarketQuote(Of("A", 1), 1, 1), new MarketQuote(Of("B", 3), 2, 2)], _book.ToImmutable());
    }

    [Fact]
    public void Restored_quotes_are_the_first_tick_and_the_same_quote_again_is_no_change()
    {
        _book.Restore([Of("A", 1), Of("B", 2)]);

        Assert.Equal([new MarketQuote(Of("A", 1), 1, 1), new MarketQuote(Of("B", 2), 1, 1)], _book.ToImmutable());
        Assert.Empty(_book.Apply([Of("A", 1)]));
        Assert.Equal([Of("B", 3)], _book.Apply([Of("B", 3)]));
        Assert.Equal(2, _book.Seq);
    }

    [Fact]
    public void Nothing_restored_is_no_tick()
    {
        _book.Restore([]);

        Assert.Equal(0, _book.Seq);
    }

    [Fact]
    public void A_turn_without_a_change_is_no_tick()
    {
        _book.Apply([Of("A", 1)]);

        Assert.Empty(_book.Apply([Of("A", 1)]));
        Assert.Empty(_book.Apply([]));
        Assert.Equal(1, _book.Seq);
    }

    [Fact]
    public void The_same_price_at_a_later_time_is_a_change()
    {
        _book.Apply([Of("A", 1)]);

        Assert.Single(_book.Apply([new Quote("A", 1, Noon.AddSeconds(1))]));
    }

    [Fact]
    public void A_change_beside_the_price_is_a_tick_but_leaves_the_price_where_it_was()
    {
        _book.Apply([Of("A", 1)]);
        var figures = Of("A", 1) with { Details = new QuoteDetails { Bid = 1 } };
        Quote[] told = [figures, figures, figures with { IsStale = true }, Of("A", 1) with { IsStale = true }, Of("A", 2) with { IsStale = true }];

        var seen = new List<(int, long, long)>();
        foreach (var quote in told)
        {
            var changed = _book.Apply([quote]).Length;
            var entry = Assert.Single(_book.ToImmutable());
            seen.Add((changed, entry.Seq, entry.PriceSeq));
        }

        Assert.Equal([(1, 2, 1), (0, 2, 1), (1, 3, 3), (1, 4, 3), (1, 5, 5)], seen);
    }

    private static Quote Of(string symbol, decimal price) => new(symbol, price, Noon);
}
