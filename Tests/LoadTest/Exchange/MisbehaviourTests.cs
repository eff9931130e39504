using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class MisbehaviourTests() : DialectTest("coinbase")
{
    private const string Subscribe = """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["ticker","heartbeat"]}""";

    [Theory]
    [InlineData(429)]
    [InlineData(451)]
    [InlineData(503)]
    public async Task Handshakes_are_refused_with_a_status_and_a_time(int status)
    {
        await TellAsync($"refuse&status={status}&retry-after=7");
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(Server.FeedUrlOf("coinbase"), TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode)status, client.HttpStatusCode);
        Assert.Equal("7", client.HttpResponseHeaders!["Retry-After"].Single());
        await Venue.AskedAsync().WithinTimeoutAsync();

        await TellAsync("refuse&on=false");
        using var welcome = await ConnectAsync();
    }

    [Fact]
    public async Task A_handshake_that_is_held_is_answered_when_it_is_let_go()
    {
        await TellAsync("hold");
        var connecting = ConnectAsync();
        await Venue.AskedAsync().WithinTimeoutAsync();
        Assert.False(connecting.IsCompleted);
        await TellAsync("normal");
        (await connecting).Dispose();
    }

    [Fact]
    public async Task Too_many_connections_in_a_second_are_refused()
    {
        for (var i = 0; i < 20; i++)
        {
            (await ConnectAsync()).Dispose();
        }

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        (await ConnectAsync()).Dispose();
    }

    [Fact]
    public async Task Silent_it_sends_nothing_and_keeps_the_connection()
    {
        await TellAsync("silent");
        using var client = await ConnectAsync();
        await client.SendAsync(Subscribe);
        await Venue.SubscribedAsync(4).WithinTimeoutAsync();
        Market.Trade("coinbase", "BTC-USD", 1m, 1m);
        Time.Advance(TimeSpan.FromSeconds(10));
        await TellAsync("silent&on=false");
        Market.Trade("coinbase", "BTC-USD", 2m, 1m);
        AssertHas("""{"type":"ticker","price":"2"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Frozen_it_sends_heartbeats_and_no_prices()
    {
        using var client = await SubscribeAsync();
        await TellAsync("frozen");
        Market.Trade("coinbase", "BTC-USD", 1m, 1m);
        Time.Advance(TimeSpan.FromSeconds(1));
        AssertHas("""{"type":"heartbeat","product_id":"BTC-USD"}""", await client.ReadAsync());
    }

    [Fact]
    public async Task Connections_are_closed_with_a_code_or_end_without_one()
    {
        using var first = await SubscribeAsync();
        await TellAsync("close&code=1012");
        Assert.Equal((WebSocketCloseStatus)1012, await first.ReadToEndAsync());
        await first.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        await Venue.ClosedAsync().WithinTimeoutAsync();
        await Venue.Connections[0].Ended.WithinTimeoutAsync();

        using var second = await SubscribeAsync();
        await TellAsync("drop");
        await Assert.ThrowsAsync<WebSocketException>(second.ReadToEndAsync);
    }

    [Fact]
    public async Task Garbage_and_huge_messages_come_whatever_the_client_thinks_of_them()
    {
        using var client = await SubscribeAsync();
        await TellAsync("garbage");
        await TellAsync("huge&bytes=3000000");
        Assert.StartsWith("<html>", await client.ReadTextAsync(), StringComparison.Ordinal);
        await client.ReadTextAsync();
        Assert.EndsWith("BTC", await client.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(3_000_000, (await client.ReadTextAsync()).Length);
    }

    [Fact]
    public async Task Frames_are_compressed_in_both_directions_if_both_agree()
    {
        await TellAsync("compress");
        using var client = await ConnectAsync(compresses: true);
        await client.SendAsync(Subscribe);
        AssertHas("""{"type":"subscriptions"}""", await client.ReadAsync());
        Market.Trade("coinbase", "BTC-USD", 42000.5m, 1m);
        AssertHas("""{"price":"42000.5"}""", await client.ReadAsync());
        Assert.True(Venue.Connections[0].Compresses);

        using var plain = await SubscribeAsync();
        Assert.False(Venue.Connections[1].Compresses);
    }

    [Fact]
    public async Task Messages_come_twice_or_in_the_wrong_order()
    {
        using var client = await SubscribeAsync();
        await TellAsync("duplicates");
        Market.Trade("coinbase", "BTC-USD", 1m, 1m);
        Assert.Equal(await client.ReadTextAsync(), await client.ReadTextAsync());

        await TellAsync("normal");
        await TellAsync("reorder");
        Market.Trade("coinbase", "BTC-USD", 2m, 1m);
        Market.Trade("coinbase", "BTC-USD", 3m, 1m);
        AssertHas("""{"price":"3"}""", await client.ReadAsync());
        AssertHas("""{"price":"2"}""", await client.ReadAsync());
    }

    [Theory]
    [InlineData("clock&seconds=90", """{"price":"100.5","time":"2026-01-31T12:01:30.123456Z"}""")]
    [InlineData("lie&symbol=BTC-USD&factor=2", """{"price":"201.0","best_bid":"200","best_ask":"202"}""")]
    [InlineData("lie&symbol=ETH-USD&factor=2", """{"price":"100.5"}""")]
    [InlineData("crossed", """{"best_bid":"101","best_ask":"100"}""")]
    [InlineData("zeros", """{"price":"0","best_bid":"0","best_bid_size":"0","best_ask":"101"}""")]
    [InlineData("decimals", """{"price":"100.500000000000000001","best_bid":"100.000000000000000001"}""")]
    public async Task What_it_says_is_wrong(string what, string expected)
    {
        using var client = await SubscribeAsync();
        Market.Book("coinbase", "BTC-USD", 100m, 1m, 101m, 1m);
        await client.ReadAsync();
        await TellAsync(what);
        Market.Trade("coinbase", "BTC-USD", 100.5m, 1m);
        AssertHas(expected, await client.ReadAsync());
    }

    [Fact]
    public async Task Fields_are_missing()
    {
        using var client = await SubscribeAsync();
        await TellAsync("missing");
        Market.Trade("coinbase", "BTC-USD", 100.5m, 1m);
        var message = await client.ReadAsync();
        Assert.False(message.TryGetProperty("price", out _));
        Assert.False(message.TryGetProperty("time", out _));
        AssertHas("""{"last_size":"1"}""", message);
    }

    [Theory]
    [InlineData(42000.10, "4200010e-2")]
    [InlineData(0.000001, "1e-6")]
    [InlineData(7, "7e-0")]
    public void Numbers_have_exponents(double number, string expected)
    {
        using var writer = new MessageWriter { WritesExponents = true };
        writer.Begin().Number("n"u8, (decimal)number == 42000.1m ? 42000.10m : (decimal)number);
        var message = JsonSerializer.Deserialize<JsonElement>(writer.End());
        Assert.Equal(expected, message.GetProperty("n").GetRawText());
        Assert.Equal((decimal)number, message.GetProperty("n").GetDecimal());
    }

    [Fact]
    public async Task A_product_that_is_dropped_says_nothing_more_and_is_not_there()
    {
        using var client = await SubscribeAsync();
        await TellAsync("delist&symbol=BTC-USD");
        Market.Trade("coinbase", "BTC-USD", 1m, 1m);
        Market.Trade("coinbase", "ETH-USD", 2m, 1m);
        AssertHas("""{"product_id":"ETH-USD"}""", await client.ReadAsync());
        await client.SendAsync(Subscribe);
        AssertHas("""{"reason":"BTC-USD is not a valid product"}""", await client.ReadAsync());
        AssertHas("""{"id":"ETH-USD"}""", (await ReadProductsAsync())[0]);
    }

    private async Task<FeedClient> SubscribeAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync(Subscribe);
        AssertHas("""{"type":"subscriptions"}""", await client.ReadAsync());
        return client;
    }
}
