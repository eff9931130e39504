using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Prices;

public sealed class LatestQuotesTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private readonly LatestQuotes _quotes = new(TimeProvider.System);

    [Fact]
    public void Only_the_newest_of_several_quotes_is_collected()
    {
        _quotes.Offer(new Quote("A", 1, Noon));
        _quotes.Offer(new Quote("B", 7, Noon));
        _quotes.Offer(new Quote("A", 2, Noon.AddSeconds(1)));

        Assert.Equal([new Quote("A", 2, Noon.AddSeconds(1)), new Quote("B", 7, Noon)], Collect());
        Assert.Empty(Collect());
    }

    [Fact]
    public void A_price_that_is_the_same_again_is_no_change()
    {
        _quotes.Offer(new Quote("A", 1.50m, Noon));
        Collect();

        _quotes.Offer(new Quote("A", 9, Noon.AddSeconds(1)));
        _quotes.Offer(new Quote("A", 1.5m, Noon.AddSeconds(2)));

        Assert.Empty(Collect());
    }

    [Fact]
    public void An_older_quote_than_the_one_held_is_dropped()
    {
        Assert.True(_quotes.Offer(new Quote("A", 1, Noon)));
        Assert.False(_quotes.Offer(new Quote("A", 2, Noon.AddTicks(-1))));

        Assert.Equal(1, Assert.Single(Collect()).Price);
    }

    [Fact]
    public void Of_quotes_with_the_same_time_the_later_one_stands()
    {
        _quotes.Offer(new Quote("A", 1, Noon));
        Assert.True(_quotes.Offer(new Quote("A", 2, Noon)));

        Assert.Equal(2, Assert.Single(Collect()).Price);
    }

    [Fact]
    public void A_source_that_begins_again_may_go_back_in_time()
    {
        _quotes.Offer(new Quote("A", 1, Noon));
        _quotes.ForgetTimes();

        Assert.True(_quotes.Offer(new Quote("A", 2, Noon.AddDays(-1))));
        Assert.False(_quotes.Offer(new Quote("A", 3, Noon.AddDays(-2))));
    }

    private List<Quote> Collect()
    {
        var changes = new List<Quote>();
        _quotes.Collect(changes);
        return changes;
    }
}
