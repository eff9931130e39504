using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OrleansTicker.LoadTest.Commands;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

public sealed class ExchangeCommandTests
{
    [Fact]
    public async Task It_prints_what_connects_a_gateway_and_moves_prices_until_it_is_stopped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new WatchedWriter();
        using var error = new StringWriter();
        var running = Tool.InvokeAsync(["exchange", "--port", "0", "--symbols", "5", "--rate", "1000", "--json"], output, error, stop.Token);
        var report = JsonSerializer.Deserialize<JsonElement>(await output.FlushedAsync().WithinTimeoutAsync());
        var arguments = report.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!).ToList();
        Assert.Equal("--Ticker:Source=Exchanges", arguments[0]);
        Assert.Equal(16, arguments.Count);
        Assert.Equal("--Ticker:Exchanges:Names:4=OKX", arguments[5]);

        var url = arguments.Single(argument => argument.StartsWith("--Ticker:Coinbase:Url=", StringComparison.Ordinal)).Split('=', 2)[1];
        using (var client = await FeedClient.ConnectAsync(new Uri(url)))
        {
            await client.SendAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["ticker"]}""");
            var first = await client.ReadAsync();
            DialectTest.AssertHas("""{"type":"subscriptions"}""", first);
            for (var i = 0; i < 10; i++)
            {
                DialectTest.AssertHas("""{"type":"ticker","product_id":"BTC-USD"}""", await client.ReadAsync());
            }
        }

        await stop.CancelAsync();
        Assert.Equal(0, await running.WithinTimeoutAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_words()
    {
        await using var other = await ExchangeServer.StartNewAsync(new ExchangeServerOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        using var error = new StringWriter();
        var port = other.Authority.Split(':')[1];
        Assert.Equal(1, await Tool.InvokeAsync(["exchange", "--port", port], TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.Contains($"Port {port}", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_messages()
    {
        Assert.Equal(await FirstPricesAsync(5), await FirstPricesAsync(5));
        Assert.NotEqual(await FirstPricesAsync(5), await FirstPricesAsync(6));
    }

    private static async Task<string> FirstPricesAsync(int seed)
    {
        var options = new ExchangeServerOptions();
        await using var server = await ExchangeServer.StartNewAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        using var client = await FeedClient.ConnectAsync(server.FeedUrlOf("bitstamp"));
        await client.SendAsync("""{"event":"bts:subscribe","data":{"channel":"live_trades_btcusd"}}""");
        await client.ReadAsync();
        using var stop = new CancellationTokenSource();
        var driver = ExchangeRun.DriverOf(server, options.Symbols, rate: 20_000, seed, TimeProvider.System);
        driver.Open();
        server.Flush();
        var running = driver.RunAsync(stop.Token);
        var prices = new StringBuilder();
        for (var i = 0; i < 5; i++)
        {
            var data = (await client.ReadAsync()).GetProperty("data");
            prices.Append(data.GetProperty("price_str")).Append(' ').Append(data.GetProperty("amount_str")).Append(' ');
        }

        await stop.CancelAsync();
        await running;
        return prices.ToString();
    }

    /// <summary>Tells when the command has printed its report.</summary>
    private sealed class WatchedWriter : StringWriter
    {
        private readonly Channel<string> _flushed = Channel.CreateUnbounded<string>();

        public Task<string> FlushedAsync() => _flushed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _flushed.Writer.TryWrite(ToString());
            return Task.CompletedTask;
        }
    }
}
