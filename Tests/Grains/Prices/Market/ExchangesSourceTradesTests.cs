using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;
using OrleansTicker.Grains.Prices.Market;
using OrleansTicker.Tests.Grains.Prices.Exchanges;

namespace OrleansTicker.Tests.Grains.Prices.Market;

/// <summary>The trades of each second on their way from the book of a feed to the ticker, by updates over the wire.</summary>
public sealed class ExchangesSourceTradesTests
{
    private const string Symbol = "BTC-USD";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Serializer<FeedUpdate> Wire =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer<FeedUpdate>>();

    private readonly FakeTimeProvider _time = new();
    private readonly Feed _feed;

    public ExchangesSourceTradesTests() => _feed = new Feed(_time);

    [Fact]
    public void Trades_reach_the_ticker_under_the_exchange_and_in_the_market()
    {
        var ticker = Begin(_feed);

        _feed.Trade(0.5);
        Take(ticker, _feed.Update());

        Assert.Equal([(Symbol, 0, 1L), ("test:BTC-USD", 0, 1L)], Seconds(ticker));
        Assert.True(ticker.Source.IsPricedByTrades("test:BTC-USD"));
        Assert.False(ticker.Source.IsPricedByTrades(Symbol));
    }

    [Fact]
    public void An_update_that_is_lost_costs_no_trade_and_the_whole_one_after_it_counts_none_twice()
    {
        var ticker = Begin(_feed);
        _feed.Trade(0.1);
        Take(ticker, _feed.Update());
        _feed.Trade(0.2);
        _feed.Trade(1.1);
        _feed.Update();
        _feed.Trade(1.2);
        Take(ticker, _feed.Update());
        Assert.Equal([(Symbol, 0, 1L), ("test:BTC-USD", 0, 1L)], Seconds(ticker));

        Take(ticker, _feed.Update(isWhole: true));
        Assert.Equal([(Symbol, 0, 2L), (Symbol, 1, 2L), ("test:BTC-USD", 0, 2L), ("test:BTC-USD", 1, 2L)], Seconds(ticker));

        _feed.Trade(1.3);
        Take(ticker, _feed.Update());
        Assert.Equal([(Symbol, 0, 2L), (Symbol, 1, 3L), ("test:BTC-USD", 0, 2L), ("test:BTC-USD", 1, 3L)], Seconds(ticker));
    }

    [Fact]
    public void A_new_ticker_gets_the_last_seconds_with_the_first_whole_update()
    {
        var first = Begin(_feed);
        for (var second = 0; second < 15; second++)
        {
            _feed.Trade(second);
            Take(first, _feed.Update());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var next = Begin(_feed);
        _feed.Trade(14.5);
        Take(next, _feed.Update());

        Assert.Equal(
            Enumerable.Range(5, 10).Select(second => (Symbol, second, second == 14 ? 2L : 1L)),
            Seconds(next).Where(second => second.Symbol == Symbol));
    }

    [Fact]
    public void Another_life_of_the_feed_that_sees_the_same_trades_again_counts_none_twice()
    {
        var ticker = Begin(_feed);
        _feed.Trade(0.1, id: 1);
        _feed.Trade(0.2, id: 2);
        Take(ticker, _feed.Update());

        var next = new Feed(_time);
        next.Trade(0.2, id: 2);
        next.Trade(0.3, id: 3);
        next.Trade(1.5, id: 4);
        Take(ticker, next.Update(isWhole: true));

        Assert.Equal([(Symbol, 0, 2L), (Symbol, 1, 1L), ("test:BTC-USD", 0, 2L), ("test:BTC-USD", 1, 1L)], Seconds(ticker));
    }

    [Fact]
    public void Only_what_has_changed_goes_over_the_wire()
    {
        for (var second = 0; second < 8; second++)
        {
            _feed.Trade(second);
        }

        var whole = Wire.SerializeToArray(_feed.Update(isWhole: true)).Length;
        _feed.Top();
        var quiet = Wire.SerializeToArray(_feed.Update()).Length;
        _feed.Trade(7.5);
        var one = Wire.SerializeToArray(_feed.Update()).Length;

        Assert.InRange(one - quiet, 1, (whole - quiet) / 7);
        Assert.Null(Sent(_feed.Update(isWhole: false)).Quotes.SingleOrDefault());
    }

    private static FeedUpdate Sent(FeedUpdate update) => Wire.Deserialize(Wire.SerializeToArray(update))!;

    private static void Take((ExchangesSource Source, Collected Collected) ticker, FeedUpdate update)
    {
        ticker.Source.Take(Sent(update));
        ticker.Collected.Turn();
    }

    private static List<(string Symbol, int Second, long Trades)> Seconds((ExchangesSource Source, Collected Collected) ticker) =>
    [
        .. ticker.Collected.Seconds
            .Select(second => (second.Key.Symbol, (int)(second.Key.Second - Noon).TotalSeconds, second.Value.Trades))
            .OrderBy(second => second.Symbol, StringComparer.Ordinal)
            .ThenBy(second => second.Item2),
    ];

    /// <summary>A ticker that has attached to a feed.</summary>
    private (ExchangesSource Source, Collected Collected) Begin(Feed feed)
    {
        var source = new ExchangesSource(
            [new FeedLink("Test", null!, new LocalFeeds(), _time, NullLogger.Instance)],
            new HashSet<string> { Symbol },
            new Consolidator(new ConsolidationOptions { MinSources = 1 }),
            [],
            _time,
            NullLogger.Instance,
            CancellationToken.None);
        var ticker = (source, new Collected(source));
        Take(ticker, feed.Update(isWhole: true));
        return ticker;
    }

    /// <summary>A life of a feed, which makes updates as its grain does.</summary>
    private sealed class Feed(FakeTimeProvider time)
    {
        private readonly Guid _life = Guid.NewGuid();
        private readonly ToldExchange _exchange = new();
        private readonly long _begunAt = time.GetTimestamp();
        private ExchangeBook? _book;
        private long _number;

        private ExchangeBook Book => _book ??= new ExchangeBook(_exchange, product => product);

        private TimeSpan Now => time.GetElapsedTime(_begunAt);

        public void Trade(double second, long? id = null)
        {
            _exchange.Trade = new Trade(100, 1, Noon.AddSeconds(second), id);
            Book.Read(Encoding.UTF8.GetBytes(Symbol), Now, Noon);
            _exchange.Trade = null;
        }

        public void Top()
        {
            _exchange.Top = new TopOfBook(99, 1, 101, 1);
            Book.Read(Encoding.UTF8.GetBytes(Symbol), Now, Noon);
            _exchange.Top = null;
        }

        public FeedUpdate Update(bool isWhole = false)
        {
            var quotes = new List<ExchangeQuote>();
            if (isWhole)
            {
                Book.CollectAll(Now, quotes);
            }
            else
            {
                Book.Collect(Now, quotes);
            }

            return new FeedUpdate("Test", _life, ++_number, isWhole, TimeSpan.Zero, "", [.. quotes]);
        }
    }
}
