using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Prices;

public sealed class LatestQuotesTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new();
    private readonly LatestQuotes _quotes;

    public LatestQuotesTests() => _quotes = new LatestQuotes(_time);

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

    [Theory]
    [InlineData(-55)]
    [InlineData(0)]
    [InlineData(55)]
    public void Whatever_their_times_the_quote_that_came_last_stands(int seconds)
    {
        _quotes.Offer(new Quote("A", 1, Noon));
        _quotes.Offer(new Quote("A", 2, Noon.AddSeconds(seconds)));

        Assert.Equal(2, Assert.Single(Collect()).Price);
    }

    [Fact]
    public void The_silence_ends_with_any_quote_also_one_of_the_same_price()
    {
        _quotes.Offer(new Quote("A", 1, Noon));
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(12), _quotes.Silence);

        _quotes.Offer(new Quote("A", 1, Noon));

        Assert.Equal(TimeSpan.Zero, _quotes.Silence);
    }

    private List<Quote> Collect()
    {
        var changes = new List<Quote>();
        _quotes.Collect(changes);
        return changes;
    }
}
