using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Api.Tickers;

public sealed class TickerListsTests
{
    [Fact]
    public async Task Many_who_want_a_new_list_at_once_share_one()
    {
        await using var api = await ApiHost.StartAsync([ApiHost.Quote("BTC-USD", 42_000m), ApiHost.Quote("ETH-USD", 2500m)]);
        var lists = api.Gateway.Services.GetRequiredService<TickerLists>();
        var market = api.Gateway.Services.GetRequiredService<IMarketFeed>().Newest;
        var visible = new VisibleSet(market.Symbols, [true, true]);
        using var start = new ManualResetEventSlim();

        var asking = Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            start.Wait(ApiHost.Stop);
            return await lists.GetAsync(market, visible, "");
        })).ToList();
        start.Set();

        Assert.Single((await Task.WhenAll(asking)).Distinct());
    }
}
