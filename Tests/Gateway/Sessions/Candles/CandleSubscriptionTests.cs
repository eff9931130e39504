using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.Candles;

/// <summary>How a client says of what it wants candles.</summary>
public sealed class CandleSubscriptionTests
{
    [Fact]
    public async Task Prices_stay_as_they_are()
    {
        await using var gateway = await CandleGateway.StartAsync();
        using var client = await gateway.ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","channel":"ticker","symbols":["B"]}""");
        await client.ReceiveAsync("subscribed");

        Assert.Equal("A", await client.SubscribeAsync("A"));
        await client.SendAsync("""{"type":"subscribe","interval_ms":7}""");

        Assert.Equal(
            """{"type":"subscribed","symbols":["B"],"interval_ms":7}""", (await client.ReceiveAsync("subscribed")).GetRawText());
    }

    [Fact]
    public async Task Symbols_that_are_not_there_or_not_allowed_are_named_and_the_others_count()
    {
        await using var gateway = await CandleGateway.StartAsync(
            ("Policies:open:Actions:0", "connection.open"), ("Policies:open:Resources:0", "*"), ("Policies:open:Effect", "Allow"), ("Policies:open:Groups:0", "user"),
            ("Policies:see:Actions:0", "symbol.subscribe"), ("Policies:see:Resources:0", "symbol:A"), ("Policies:see:Effect", "Allow"), ("Policies:see:Groups:0", "user"));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"subscribe","channel":"candles","symbols":["A","B","C"],"interval":"1s"}""");

        Assert.Equal("unknown_symbol: C", await SubscriptionMessages.ErrorAsync(client));
        Assert.Equal("forbidden: B", await SubscriptionMessages.ErrorAsync(client));
        Assert.Equal("A", await client.SubscribedAsync());
    }

    [Fact]
    public async Task What_a_client_leaves_out_no_longer_comes()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var (a, b) = (new CandleTape(gateway.Grains, "A"), new CandleTape(gateway.Grains, "B"));
        using var client = await gateway.ConnectAsync();
        Assert.Equal("A B", await client.SubscribeAsync("A B", from: 0));
        await a.SendUntilAsync(1);
        await client.ClosedUntilAsync(1);

        await client.SendAsync("""{"type":"unsubscribe","channel":"candles","symbols":["A"],"interval":"1s"}""");

        Assert.Equal("B", await client.SubscribedAsync());
        await a.SendUntilAsync(5);
        await b.SendUntilAsync(0);
        Assert.Equal("B 1s: 0=1 closed", await client.CandlesAsync());
        await client.SendAsync("""{"type":"unsubscribe","channel":"candles","symbols":["*"],"interval":"1s"}""");
        Assert.Equal("", await client.SubscribedAsync());
    }

    [Fact]
    public async Task A_session_has_a_limited_number_of_series()
    {
        await using var gateway = await CandleGateway.StartAsync(("Sessions:CandleSeries", "2"));
        using var client = await gateway.ConnectAsync();
        await client.SubscribeAsync("A B");

        await client.SendAsync("""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1m"}""");

        Assert.Equal("too_many_series: ", await SubscriptionMessages.ErrorAsync(client));
        Assert.Equal("A B", await client.SubscribeAsync("A"));
    }

    [Fact]
    public async Task Who_wants_to_begin_too_early_is_told_to_read_what_is_older_and_keeps_what_it_has()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendAsync(1, (0, 1));
        await tape.SendAsync(1200, (1199, 2));
        using var client = await gateway.ConnectAsync();

        Assert.Equal("", await client.SubscribeAsync("A", from: 100));
        Assert.Equal("A", await client.SubscribeAsync("A", from: 200));
        Assert.Equal("A 1s: 1199=2 closed", await client.CandlesAsync());
        Assert.Equal("A", await client.SubscribeAsync("A", from: 100));
        await client.SendAsync("""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1s","from":1}""");
        Assert.Equal("from_too_early: A", await SubscriptionMessages.ErrorAsync(client));
    }

    [Fact]
    public async Task A_lost_connection_goes_on_with_what_its_client_wants()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        using var client = await gateway.ConnectAsync();
        await client.SubscribeAsync("A", from: 0);
        var connections = gateway.Services.GetRequiredService<LocalConnections>().Of(gateway.Services.GetRequiredService<GatewayIdentity>().Id);
        var lost = Assert.Single(connections);
        lost.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "lost"), CancellationToken.None);
        await lost.Deactivated.WithinTimeoutAsync();

        await tape.SendUntilAsync(2);
        Assert.Equal([0, 1, 2], await client.ClosedUntilAsync(2));
        Assert.Equal("A B", await client.SubscribeAsync("B"));
    }

    [Fact]
    public async Task A_gateway_watches_what_somebody_wants_and_nothing_else()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var feed = gateway.Services.GetRequiredService<CandleFeed>();
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");
        Assert.Equal(0, feed.Count);

        await client.SubscribeAsync("A B");

        await Eventually.TrueAsync(() => feed.Count == 2, "two series are watched");
    }
}
