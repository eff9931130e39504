using System.Net;
using System.Net.WebSockets;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class ExchangeServerTests() : DialectTest("coinbase")
{
    [Theory]
    [InlineData("coinbase?do=nonsense", "do=<what>")]
    [InlineData("nobody?do=frozen", "do=<what>")]
    [InlineData("coinbase?do=refuse", "status=503")]
    [InlineData("coinbase?do=clock", "seconds=90")]
    [InlineData("coinbase?do=delist&symbol=FOO", "no symbol 'FOO'")]
    [InlineData("coinbase?do=lie&symbol=BTC-USD", "factor=1.5")]
    [InlineData("coinbase?do=huge&bytes=-1", "bytes=")]
    [InlineData("coinbase?do=close&code=1", "code=1001")]
    public async Task A_wrong_command_is_told_what_is_wrong_with_it(string command, string wrong)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://{Server.Authority}/control/{command}"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(wrong, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_products_is_refused()
    {
        await TellAsync("refuse-products&status=503");
        var refused = await Assert.ThrowsAsync<HttpRequestException>(ReadProductsAsync);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    [Theory]
    [InlineData("kraken", "maintenance")]
    [InlineData("binance", "serverShutdown")]
    [InlineData("bitstamp", "bts:request_reconnect")]
    [InlineData("okx", "64008")]
    public async Task Each_asks_to_reconnect_in_its_way(string exchange, string sign)
    {
        using var client = await FeedClient.ConnectAsync(Server.FeedUrlOf(exchange));
        await Server[exchange].OpenedAsync().WithinTimeoutAsync();
        await TellAsync("reconnect", "all");
        string message;
        do
        {
            message = await client.ReadTextAsync();
        }
        while (!message.Contains(sign, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_clients_do_is_remembered_with_its_time()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["ticker","matches"]}""");
        await client.ReadAsync();
        Time.Advance(TimeSpan.FromSeconds(2));
        await client.SendAsync("""{"type":"subscribe","product_ids":["SOL-USD"],"channels":["matches"]}""");
        await Venue.ReceivedAsync(2).WithinTimeoutAsync();
        var connection = await Venue.OpenedAsync().WithinTimeoutAsync();
        Assert.Equal(2, connection.Received.Count);
        Assert.Equal(TimeSpan.FromSeconds(2), connection.Received[1].At - connection.Received[0].At);
        Assert.Equal(("SOL-USD", TimeSpan.FromSeconds(2)), (connection.Subscriptions[4].Product.Name, connection.Subscriptions[4].At));
    }

    [Fact]
    public async Task A_server_that_has_not_started_refuses_connections()
    {
        await using var later = new ExchangeServer(new ExchangeServerOptions(), Time);
        await Assert.ThrowsAsync<WebSocketException>(() => FeedClient.ConnectAsync(later.FeedUrlOf("okx")));
        await later.StartAsync(TestContext.Current.CancellationToken);
        (await FeedClient.ConnectAsync(later.FeedUrlOf("okx"))).Dispose();
    }
}
