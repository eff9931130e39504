using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Market;

namespace OrleansTicker.Tests.Grains.Prices.Market;

public sealed class ExchangesSourceTests : IAsyncDisposable
{
    private static readonly string[] Exchanges = ["Coinbase", "Kraken"];

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ExchangesSource _source;
    private long _number;

    public ExchangesSourceTests() => _source = new ExchangesSource(
        Exchanges.Select(exchange => new FeedLink(exchange, null!, new LocalFeeds(), _time, NullLogger.Instance)),
        new HashSet<string> { "BTC-USD" },
        new Consolidator(new ConsolidationOptions()),
        [new Quote("BTC-USD", 99, default), new Quote("OLD-USD", 98, default) { IsStale = true }],
        _time,
        NullLogger.Instance,
        _stopping.Token);

    [Fact]
    public void A_new_ticker_tells_no_exchange_away_whose_feed_has_not_had_the_time_to_answer()
    {
        Update("Coinbase");
        Assert.Empty(Collect());
        Assert.Null(_source.Statuses);

        _time.Advance(ExchangesSource.Patience);
        Update("Coinbase");
        Assert.NotEmpty(Collect());
        Assert.Null(_source.Statuses);

        _time.Advance(FeedLink.LossTimeout - ExchangesSource.Patience);
        Update("Coinbase");
        Collect();
        Assert.Equal([("coinbase", true), ("kraken", false)], Statuses());
    }

    [Fact]
    public void It_says_what_it_knows_as_soon_as_all_count()
    {
        Update("Coinbase");
        Update("Kraken");
        Collect();

        Assert.Equal([("coinbase", true), ("kraken", true)], Statuses());
    }

    [Fact]
    public void An_exchange_whose_feed_is_lost_is_away_at_once_and_the_price_goes_on()
    {
        Update("Coinbase");
        Update("Kraken");
        Collect();
        _time.Advance(FeedLink.LossTimeout - TimeSpan.FromMilliseconds(1));
        Update("Coinbase");
        Collect();
        Assert.Equal([("coinbase", true), ("kraken", true)], Statuses());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Update("Coinbase", bid: 101);
        Assert.Contains(Collect(), price => price == 101.5m);
        Assert.Equal([("coinbase", true), ("kraken", false)], Statuses());
    }

    [Fact]
    public void A_price_of_an_earlier_ticker_is_stale_once_the_feeds_have_had_the_time_to_give_a_new_one()
    {
        List<Quote> changes = [];
        _time.Advance(FeedLink.LossTimeout - TimeSpan.FromMilliseconds(1));
        _source.Collect(changes);
        Assert.Empty(changes);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        _source.Collect(changes);
        Assert.Equal([("BTC-USD", 99m, true)], changes.Select(quote => (quote.Symbol, quote.Price, quote.IsStale)));

        changes.Clear();
        _source.Collect(changes);
        Assert.Empty(changes);
    }

    [Fact]
    public void A_price_of_an_earlier_ticker_gives_way_to_a_new_one()
    {
        Update("Coinbase");
        Update("Kraken");
        Assert.Equal([100.5m], Collect());

        _time.Advance(FeedLink.LossTimeout);
        Update("Coinbase");
        Update("Kraken");
        Assert.Empty(Collect());
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private IEnumerable<(string Exchange, bool IsLive)> Statuses() => _source.Statuses!.Value.Select(status => (status.Exchange, status.IsLive));

    private List<decimal> Collect()
    {
        List<Quote> changes = [];
        _source.Collect(changes);
        return changes.Where(quote => quote.Symbol == "BTC-USD").Select(quote => quote.Price).ToList();
    }

    private void Update(string exchange, decimal bid = 100) => _source.Take(new FeedUpdate(
        exchange, LifeOf(exchange), ++_number, IsWhole: true, TimeSpan.Zero, "", [new ExchangeQuote { Symbol = "BTC-USD", Bid = bid, Ask = bid + 1 }]));

    private static Guid LifeOf(string exchange) => new(exchange.Length, 0, 0, new byte[8]);
}
