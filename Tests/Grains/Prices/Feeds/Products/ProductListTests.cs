using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds.Products;

/// <summary>Which products stand for the symbols: by the exchange's list, by a copy of it, by rule.</summary>
public sealed class ProductListTests : FeedTest
{
    private const int Listed = 2017;
    private const int NotKept = 2018;
    private const int BadCopy = 2025;

    private readonly TemporaryFolder _folder = new();

    public ProductListTests()
    {
        Options.SilenceTimeout = TimeSpan.FromMinutes(5);
        Options.ProductsPath = _folder["kept/test.json"];
    }

    [Fact]
    public async Task The_exchanges_list_says_what_it_calls_a_symbol_and_is_kept()
    {
        Exchange.Products = TestDialect.List("BTC-USD=xbt", "ETH-USD", "SOL-USD", "DOGE-USD");
        var connection = await ConnectAsync();

        Assert.Equal("subscribe xbt,ethusd,solusd", connection.FirstMessage);
        await connection.SendAsync(TestDialect.Trade("xbt", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        Assert.Equal(Exchange.Products, await File.ReadAllTextAsync(Options.ProductsPath!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_symbol_that_is_not_listed_is_told_once_and_reported_and_the_others_flow()
    {
        Exchange.Products = TestDialect.List("BTC-USD", "SOL-USD");
        var connection = await ConnectAsync();

        Assert.Equal("subscribe btcusd,solusd", connection.FirstMessage);
        Assert.Equal([new RefusedProduct("ETH-USD", "not listed")], Report.Refused);
        Assert.Contains("ETH-USD", Assert.Single(Logs.Of(Unlisted, LogLevel.Warning)), StringComparison.Ordinal);
        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
    }

    [Fact]
    public async Task A_list_that_is_late_delays_no_price_the_copy_of_the_last_one_counts_until_it_comes()
    {
        Keep(TestDialect.List("BTC-USD=old", "ETH-USD"));
        var gate = new TaskCompletionSource();
        Exchange.ProductsGate = gate.Task;
        await Exchange.StartAsync();
        Feed.Start();
        await Time.TimerOfAsync(ExchangeFeed.ListPatience);
        Time.Advance(ExchangeFeed.ListPatience);
        var connection = await Exchange.AcceptAsync();
        Assert.Equal("subscribe old,ethusd", connection.FirstMessage);
        await connection.SendAsync(TestDialect.Trade("old", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");

        Exchange.Products = TestDialect.List("BTC-USD=new", "ETH-USD", "SOL-USD");
        gate.SetResult();

        connection = await Exchange.AcceptAsync();
        Assert.Equal(["ethusd", "new", "solusd"], connection.FirstMessage["subscribe ".Length..].Split(',').Order());
        await connection.SendAsync(TestDialect.Trade("new", "2"));
        await Quotes.UntilAsync("BTC-USD", "2");
        await Logs.WaitForAsync(Listed);
        var all = new List<ExchangeQuote>();
        Feed.CollectAll(all);
        Assert.Equal("BTC-USD", Assert.Single(all).Symbol);
    }

    [Fact]
    public async Task Without_a_list_or_a_copy_the_rule_names_the_products()
    {
        Exchange.Products = null;
        var connection = await ConnectAsync();

        Assert.Equal("subscribe btcusd,ethusd,solusd", connection.FirstMessage);
        Assert.Single(Logs.Of(ListNotFetched, LogLevel.Warning));
        Assert.Empty(Report.Refused);
    }

    [Theory]
    [InlineData("<html>down for maintenance</html>")]
    [InlineData("list")]
    public async Task What_is_no_list_counts_as_none_and_replaces_no_copy(string answer)
    {
        Keep(TestDialect.List("BTC-USD=old"));
        Exchange.Products = answer;

        Assert.Equal("subscribe old", (await ConnectAsync()).FirstMessage);
        Assert.StartsWith("list BTC-USD=old", await File.ReadAllTextAsync(Options.ProductsPath!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_read_is_told_and_not_used()
    {
        Keep("garbage");
        Exchange.Products = null;

        Assert.Equal("subscribe btcusd,ethusd,solusd", (await ConnectAsync()).FirstMessage);
        Assert.Single(Logs.Of(BadCopy, LogLevel.Warning));
    }

    [Fact]
    public async Task A_list_that_could_not_be_fetched_is_tried_again()
    {
        Exchange.Products = null;
        await ConnectAsync();
        Exchange.Products = TestDialect.List("BTC-USD");

        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
                return Logs.Of(Unlisted).Count == 1;
            },
            "the list is taken");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_once_and_costs_no_price()
    {
        Options.ProductsPath = Path.Combine(_folder.Write("obstacle", "a file"), "test.json");
        var connection = await ConnectAsync();

        await connection.SendAsync(TestDialect.Trade("btcusd", "1"));
        await Quotes.UntilAsync("BTC-USD", "1");
        Assert.Single(Logs.Of(NotKept, LogLevel.Warning));
    }

    [Fact]
    public async Task A_list_that_cannot_be_kept_leaves_no_draft_behind()
    {
        Directory.CreateDirectory(Options.ProductsPath!); // A file cannot replace it.
        await ConnectAsync();

        await Logs.WaitForAsync(NotKept);
        Assert.Equal([Options.ProductsPath], Directory.EnumerateFileSystemEntries(_folder["kept"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-name-that-is-longer-than-any-that-an-exchange-has")]
    public async Task A_product_whose_name_can_be_none_counts_as_not_listed_and_costs_no_other(string name)
    {
        Exchange.Products = TestDialect.List($"BTC-USD={name}", "ETH-USD", "SOL-USD");
        var connection = await ConnectAsync();

        Assert.Equal("subscribe ethusd,solusd", connection.FirstMessage);
        await connection.SendAsync(TestDialect.Error("something"));
        await connection.SendAsync(TestDialect.Trade("ethusd", "1"));
        await Quotes.UntilAsync("ETH-USD", "1");
        Assert.Equal([new RefusedProduct("BTC-USD", "not listed")], Report.Refused);
    }

    [Fact]
    public async Task An_exchange_that_has_none_of_the_symbols_is_not_connected_to()
    {
        Exchange.Products = TestDialect.List("DOGE-USD");
        await Exchange.StartAsync();
        Feed.Start();

        await Eventually.TrueAsync(() => Feed.Situation == FeedSituation.Nothing, "the list is taken");
        Assert.Equal(3, Report.Refused.Length);
        Assert.Equal(0, Exchange.Handshakes);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Keep(string list)
    {
        Directory.CreateDirectory(_folder["kept"]);
        _folder.Write("kept/test.json", list);
    }
}
