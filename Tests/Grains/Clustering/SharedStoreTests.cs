using System.Globalization;
using Orleans.Storage;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Clustering;

/// <summary>What the ticker keeps in Redis, over real silos.</summary>
public abstract class SharedStoreTests(RedisKind kind) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RedisServer _redis = RedisServer.StartOrSkip(kind);
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task A_ticker_that_follows_begins_with_the_last_prices_digit_by_digit()
    {
        MarketSnapshot last;
        await using (var silo = await SiloHost.StartAsync(ClusterSettings.Of(_redis), _source))
        {
            _source.Say(new Quote("B", 0.0000001m, Noon));
            _source.Say(new Quote("A", 41999.10m, Noon));
            _source.Say(new Quote("A", 42000.10m, Noon.AddMicroseconds(1)));
            last = await silo.MarketAsync(market => market.Seq == 3);
        }

        await using var next = await SiloHost.StartAsync(ClusterSettings.Of(_redis), _source);
        var market = await next.MarketAsync(_ => true);

        Assert.True(market.Epoch > last.Epoch);
        Assert.Equal(last.Quotes.Select(quote => quote.Quote), market.Quotes.Select(quote => quote.Quote));
        Assert.Equal(["0.0000001", "42000.10"], market.Quotes.Select(quote => quote.Quote.Price.ToString(CultureInfo.InvariantCulture)));
        Assert.All(market.Quotes, quote => Assert.Equal(1, quote.Seq));
    }

    /// <summary>Two clusters with one store: neither knows of the other, as with a silo that comes back after a pause.</summary>
    [Fact]
    public async Task A_ticker_ends_where_another_has_begun_since()
    {
        await using var one = await SiloHost.StartAsync(ClusterSettings.Of(_redis, ("Orleans:ClusterId", "one")));
        var first = await one.MarketAsync(_ => true);
        await using var two = await SiloHost.StartAsync(ClusterSettings.Of(_redis, ("Orleans:ClusterId", "two")));
        var second = await MarketOfRivalAsync(two, _ => true);
        Assert.True(second.Epoch > first.Epoch);

        // The first one's life of that epoch is over; its silo has begun another.
        await MarketOfRivalAsync(one, market => market.Epoch > second.Epoch);
    }

    /// <summary>Like a gateway, asks again if a ticker does not start because the other one has just written to the store.</summary>
    private static async Task<MarketSnapshot> MarketOfRivalAsync(SiloHost silo, Func<MarketSnapshot, bool> isWanted)
    {
        while (true)
        {
            try
            {
                return await silo.MarketAsync(isWanted);
            }
            catch (InconsistentStateException)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose()
    {
        _redis.Dispose();
        GC.SuppressFinalize(this);
    }
}
