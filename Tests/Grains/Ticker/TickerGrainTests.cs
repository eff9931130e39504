using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;
using Orleans.Core.Internal;

namespace OrleansTicker.Tests.Grains.Ticker;

/// <summary>The ticker in a real silo, with a price source that the test drives.</summary>
public sealed class TickerGrainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task What_the_source_says_is_published_once_in_order_and_stands_in_the_market()
    {
        await using var silo = await StartAsync();
        var tape = new TickTape(silo);

        // A heartbeat shows where the reader stands: from here on nothing may be missing.
        var last = await tape.TakeAsync(_ => true);
        for (var price = 1; price <= 5; price++)
        {
            _source.Say(new Quote("A", price, Noon));
            var tick = await tape.TakeAsync(tick => !tick.Quotes.IsEmpty);
            Assert.Equal(last.Epoch, tick.Epoch);
            Assert.Equal(last.Seq + 1, tick.Seq);
            Assert.Equal([new Quote("A", price, Noon)], tick.Quotes);
            last = tick;
        }

        var market = await silo.Grains.GetGrain<ITickerGrain>(ITickerGrain.Key).GetMarketAsync(0);
        Assert.Equal((last.Epoch, last.Seq), (market.Epoch, market.Seq));
        Assert.Equal([new MarketQuote(new Quote("A", 5, Noon), last.Seq, last.Seq)], market.Quotes);
    }

    [Fact]
    public async Task A_new_life_of_the_ticker_has_a_higher_epoch_and_clients_go_on_with_a_snapshot()
    {
        await using var silo = await StartAsync();
        _source.Say(new Quote("A", 1, Noon));
        using var client = await silo.ConnectAsync();
        var first = await client.ReceiveAsync("ticker");

        _source.Say(new Quote("A", 2, Noon));
        await silo.Grains.GetGrain<ITickerGrain>(ITickerGrain.Key).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        _source.Say(new Quote("A", 3, Noon));

        var epoch = first.GetProperty("epoch").GetInt64();
        JsonElement next;
        do
        {
            next = await client.ReceiveAsync("ticker");
        }
        while (next.GetProperty("epoch").GetInt64() == epoch);

        Assert.True(next.GetProperty("epoch").GetInt64() > epoch);
        Assert.Equal(0, next.GetProperty("prev_seq").GetInt64());
    }

    [Fact]
    public async Task A_client_that_alone_saw_the_last_ticks_of_a_dead_ticker_never_goes_back_and_is_sent_the_next_one()
    {
        await using var silo = await StartAsync();
        _source.Say(new Quote("A", 1, Noon));
        using var client = await silo.ConnectAsync();
        var first = await client.ReceiveAsync("ticker");
        var (epoch, seq) = (first.GetProperty("epoch").GetInt64(), first.GetProperty("seq").GetInt64());

        var coming = silo.ConnectAsync($"epoch={epoch}&seq={seq + 1}");
        await Task.WhenAny(coming, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(coming.IsCompleted); // As long as nobody knows what it has seen, it has to be told nothing older.
        await silo.Grains.GetGrain<ITickerGrain>(ITickerGrain.Key).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);

        using var ahead = await coming;
        Assert.True((await ahead.ReceiveAsync("ticker")).GetProperty("epoch").GetInt64() > epoch);
    }

    private Task<GatewayHost> StartAsync() =>
        GatewayHost.StartAsync(_source.Install);
}
