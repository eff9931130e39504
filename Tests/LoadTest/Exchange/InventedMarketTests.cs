using OrleansTicker.LoadTest.Exchange.Market;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class InventedMarketTests
{
    private const int Exchanges = 5;

    [Fact]
    public void The_same_seed_gives_the_same_market_and_another_one_another()
    {
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    [Fact]
    public void Books_are_never_crossed_and_prices_stay_near_each_other_and_near_their_start()
    {
        var symbols = TestSymbols.First(40);
        var market = new InventedMarket(symbols, Exchanges, seed: 3);
        for (var i = 0; i < 200_000; i++)
        {
            var change = market.Next();
            var symbol = symbols[change.Symbol];
            Assert.True(change.Bid > 0 && change.Bid < change.Ask, $"{change}");
            Assert.True(change.BidSize > 0 && change.AskSize > 0 && change.Size > 0, $"{change}");
            Assert.InRange((change.Bid + change.Ask) / 2 / symbol.Start, 0.8m, 1.2m);
            Assert.True(change.Bid.Scale <= symbol.Digits, $"{change}");
        }
    }

    [Fact]
    public void Dollar_and_tether_prices_agree_by_the_price_of_the_tether()
    {
        var symbols = TestSymbols.First(7);
        var market = new InventedMarket(symbols, exchanges: 1, seed: 3);
        var dollars = market.Trade(0, 0);
        var tether = market.Trade(0, 3);
        var inTether = market.Trade(0, 4);
        Assert.InRange(inTether.Bid * tether.Bid / dollars.Bid, 0.997m, 1.003m);
    }

    [Fact]
    public void Symbols_begin_with_those_that_everybody_knows_and_are_all_different()
    {
        var names = TestSymbols.First(2000).Select(symbol => symbol.Name).ToList();
        Assert.Equal(["BTC-USD", "ETH-USD", "SOL-USD", "USDT-USD", "BTC-USDT"], names.Take(5));
        Assert.Contains("AAA-USD", names);
        Assert.Equal(2000, names.Distinct().Count());
    }

    private static List<MarketChange> Run(int seed)
    {
        var market = new InventedMarket(TestSymbols.First(100), Exchanges, seed);
        return [.. Enumerable.Range(0, 1000).Select(_ => market.Next())];
    }
}
