using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

public sealed class ExchangeQuotesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static ExchangeQuote Said { get; } = new()
    {
        Symbol = "BTC-USD", UpdatedAt = Noon.AddSeconds(1), Bid = 1, BidSize = 2, Ask = 3, AskSize = 4, Last = 5, LastSize = 6, LastAt = Noon,
        Open = 7, High = 8, Low = 9, DayVolume = 10, Trades = 11, Volume = 12,
    };

    [Fact]
    public void Everything_that_the_exchange_says_is_in_the_quote()
    {
        var quote = Make(Said)!;

        Assert.Equal(("coinbase:BTC-USD", 5m, Noon, false), (quote.Symbol, quote.Price, quote.Time, quote.IsStale));
        Assert.Equal(
            new QuoteDetails
            {
                UpdatedAt = Noon.AddSeconds(1), Bid = 1, BidSize = 2, Ask = 3, AskSize = 4, Last = 5, LastSize = 6,
                Open = 7, High = 8, Low = 9, DayVolume = 10, Trades = 11, Volume = 12,
            },
            quote.Details);
    }

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 1, null)]
    [InlineData(1, null, null)]
    [InlineData(null, 3, null)]
    public void Without_a_trade_the_price_is_the_middle_of_both_sides_unless_they_are_crossed(int? bid, int? ask, int? price) =>
        Assert.Equal(price, Make(Said with { Last = null, LastAt = null, Bid = bid, Ask = ask })?.Price);

    [Fact]
    public void The_time_changes_only_with_the_price_or_its_staleness()
    {
        var first = Make(Said)!;
        var later = Said with { LastAt = Noon.AddSeconds(9), LastSize = 60 };

        Assert.Equal(Noon, Make(later, previous: first)!.Time);
        Assert.Equal(Noon.AddSeconds(9), Make(later with { Last = 50 }, previous: first)!.Time);
        Assert.Equal(Noon.AddSeconds(9), Make(later, isStale: true, previous: first)!.Time);
    }

    [Fact]
    public void Where_only_times_change_there_is_no_other_quote()
    {
        var first = Make(Said)!;

        Assert.Null(Make(Said with { UpdatedAt = Noon.AddHours(1), LastAt = Noon.AddHours(1), Age = TimeSpan.FromHours(1) }, previous: first));
        Assert.NotNull(Make(Said with { BidSize = 20 }, previous: first));
    }

    [Fact]
    public void Sides_that_are_crossed_leave_the_price_as_it_was_and_stale()
    {
        var untraded = Said with { Last = null, LastAt = null };
        var first = Make(untraded)!;

        var crossed = Make(untraded with { Bid = 4 }, previous: first)!;

        Assert.Equal((2m, 4m, true), (crossed.Price, crossed.Details!.Bid, crossed.IsStale));
    }

    private static Quote? Make(ExchangeQuote said, bool isStale = false, Quote? previous = null) =>
        ExchangeQuotes.ChangeOf(said, "coinbase:BTC-USD", isStale, previous);
}
