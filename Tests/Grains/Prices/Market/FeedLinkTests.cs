using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Market;

namespace OrleansTicker.Tests.Grains.Prices.Market;

public sealed class FeedLinkTests
{
    private static readonly Guid Life = Guid.NewGuid();

    private readonly FakeTimeProvider _time = new();
    private readonly FeedLink _link;

    public FeedLinkTests() => _link = new FeedLink("Coinbase", null!, new LocalFeeds(), _time, NullLogger.Instance);

    [Fact]
    public void Updates_that_follow_one_another_are_entered()
    {
        Assert.Equal(["BTC-USD", "ETH-USD"], Symbols(_link.Take(Update(1, isWhole: true, "BTC-USD", "ETH-USD"))));
        Assert.Equal(["ETH-USD"], Symbols(_link.Take(Update(2, isWhole: false, "ETH-USD"))));
        Assert.Equal(Life, _link.Feed);
    }

    [Fact]
    public void After_a_lost_update_nothing_is_entered_until_a_whole_one_comes()
    {
        _link.Take(Update(1, isWhole: true, "BTC-USD"));

        Assert.Empty(_link.Take(Update(3, isWhole: false, "BTC-USD")));
        Assert.Equal(Guid.Empty, _link.Feed); // So the next attachment asks for a whole one.
        Assert.Empty(_link.Take(Update(4, isWhole: false, "BTC-USD")));
        Assert.Equal(["BTC-USD"], Symbols(_link.Take(Update(5, isWhole: true, "BTC-USD"))));
        Assert.Equal(["BTC-USD"], Symbols(_link.Take(Update(6, isWhole: false, "BTC-USD"))));
    }

    [Fact]
    public void An_update_that_comes_twice_or_late_is_not_entered_again()
    {
        _link.Take(Update(1, isWhole: true, "BTC-USD"));
        _link.Take(Update(2, isWhole: false, "BTC-USD"));

        Assert.Empty(_link.Take(Update(2, isWhole: false, "BTC-USD")));
        Assert.Empty(_link.Take(Update(1, isWhole: true, "BTC-USD")));
        Assert.Single(_link.Take(Update(3, isWhole: false, "BTC-USD")));
    }

    [Fact]
    public void A_new_life_of_the_feed_begins_with_a_whole_update()
    {
        var next = Guid.NewGuid();
        _link.Take(Update(7, isWhole: true, "BTC-USD"));

        Assert.Empty(_link.Take(Update(1, isWhole: false, "BTC-USD") with { Feed = next }));
        Assert.Single(_link.Take(Update(2, isWhole: true, "BTC-USD") with { Feed = next }));
        Assert.Equal(next, _link.Feed);
    }

    [Fact]
    public void Another_life_that_goes_on_beside_the_one_that_is_read_does_not_interrupt_it()
    {
        _link.Take(Update(7, isWhole: true, "BTC-USD"));

        Assert.Empty(_link.Take(Update(3, isWhole: false, "BTC-USD") with { Feed = Guid.NewGuid() }));
        Assert.Equal(Life, _link.Feed);
        Assert.Single(_link.Take(Update(8, isWhole: false, "BTC-USD")));
    }

    [Fact]
    public void The_silence_of_the_exchange_grows_until_the_next_update_and_a_feed_without_updates_is_lost()
    {
        Assert.Null(_link.Silence);
        _link.Take(Update(1, isWhole: true) with { Silence = TimeSpan.FromSeconds(2) });
        _time.Advance(FeedLink.LossTimeout / 2);
        Assert.Equal(TimeSpan.FromSeconds(2) + (FeedLink.LossTimeout / 2), _link.Silence);

        _link.Take(Update(2, isWhole: false));
        Assert.Equal(TimeSpan.Zero, _link.Silence);

        _time.Advance(FeedLink.LossTimeout);
        Assert.Null(_link.Silence);
    }

    private static FeedUpdate Update(long number, bool isWhole, params ImmutableArray<string> symbols) =>
        new("Coinbase", Life, number, isWhole, TimeSpan.Zero, "", [.. symbols.Select(symbol => new ExchangeQuote { Symbol = symbol })]);

    private static IEnumerable<string> Symbols(IReadOnlyList<ExchangeQuote> quotes) => quotes.Select(quote => quote.Symbol);
}
