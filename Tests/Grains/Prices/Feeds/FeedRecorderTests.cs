using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Exchanges.Coinbase;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

public sealed class FeedRecorderTests : IDisposable
{
    private const int NotWritten = 2030;
    private const int LinesLost = 2031;

    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_message_becomes_a_line_with_the_time_of_its_receipt()
    {
        await RecordAsync("""{"a":1}""", "{\n\"b\":\r\n2}");

        Assert.Equal("1717200000.000000\t{\"a\":1}\n1717200000.000000\t{ \"b\":  2}\n", Recorded());
    }

    [Fact]
    public async Task A_clock_that_is_set_while_it_records_does_not_change_the_distance_of_two_messages()
    {
        await using (var recorder = Recorder())
        {
            recorder.Record("{}"u8);
            _time.Step = TimeSpan.FromSeconds(-40);
            _time.Advance(TimeSpan.FromSeconds(1));
            recorder.Record("{}"u8);
        }

        Assert.Equal("1717200000.000000\t{}\n1717200001.000000\t{}\n", Recorded());
    }

    [Fact]
    public async Task A_new_run_adds_to_the_file_and_leaves_a_torn_line_alone()
    {
        await RecordAsync("{}");
        await File.AppendAllTextAsync(_folder["feed.tsv"], "1618678800.5\t{\"torn", TestContext.Current.CancellationToken);
        await RecordAsync("{}");

        Assert.Equal("1717200000.000000\t{}\n1618678800.5\t{\"torn\n1717200000.000000\t{}\n", Recorded());
    }

    [Fact]
    public async Task A_message_is_in_the_file_before_the_next_one_comes()
    {
        await using var recorder = Recorder();
        recorder.Record("{}"u8);

        await Eventually.TrueAsync(
            () => File.Exists(_folder["feed.tsv"]) && Recorded() == "1717200000.000000\t{}\n", "a flushed line");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_once_and_tried_again()
    {
        var obstacle = Directory.CreateDirectory(_folder["feed.tsv"]);
        await using (var recorder = Recorder())
        {
            recorder.Record("{}"u8);
            await _logs.WaitForAsync(NotWritten);
            _time.Advance(FeedRecorder.RetryInterval);
            recorder.Record("{}"u8);
            await _logs.WaitForAsync(NotWritten, count: 2);
            obstacle.Delete();
            recorder.Record("{}"u8);
            _time.Advance(FeedRecorder.RetryInterval);
            recorder.Record("[]"u8);
            await _logs.WaitForAsync(LinesLost);
        }

        Assert.Single(_logs.Of(NotWritten, LogLevel.Error));
        Assert.Contains("[]", Recorded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_go_on_where_nothing_can_be_recorded()
    {
        Directory.CreateDirectory(_folder["feed.tsv"]);
        await using var exchange = await TestExchange.StartNewAsync();
        await using var source = new ExchangeSource(new CoinbaseExchange(), Options(exchange), ["BTC-USD", "ETH-USD", "SOL-USD"], _time, _logs);
        source.Start();
        var connection = await exchange.AcceptAsync();

        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "1"));
        await _logs.WaitForAsync(NotWritten);
        await connection.SendAsync(FeedMessages.Ticker("BTC-USD", "2"));

        await new Collected(source).UntilAsync("BTC-USD", "2");
    }

    [Fact]
    public async Task What_was_recorded_from_a_live_feed_replays_to_the_same_prices()
    {
        string[] prices = ["0.00000001", "14.7775", "42000.10"];
        await using var exchange = await TestExchange.StartNewAsync();
        var live = new ExchangeSource(new CoinbaseExchange(), Options(exchange), ["BTC-USD", "ETH-USD", "SOL-USD"], _time, _logs);
        live.Start();
        var connection = await exchange.AcceptAsync();
        var collected = new Collected(live);
        await connection.SendAsync(FeedMessages.Heartbeat);
        foreach (var price in prices)
        {
            await connection.SendAsync(FeedMessages.Ticker("BTC-USD", price));
            await collected.UntilAsync("BTC-USD", price);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var last = collected.Newest["BTC-USD"];
        await live.DisposeAsync();

        var turns = new ReplayTurns(
            new ReplayOptions { Path = _folder["feed.tsv"], Loop = false }, consolidation: null, TimeSpan.FromMilliseconds(100), _logs);
        List<Quote> replayed = [];
        await foreach (var turn in turns.PlayAsync(TestContext.Current.CancellationToken))
        {
            replayed.AddRange(turn.Changes);
        }

        Assert.Equal(prices, replayed.Select(quote => quote.Price.ToString(CultureInfo.InvariantCulture)));
        Assert.True(last.HasSamePrice(replayed[^1]));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    private FeedOptions Options(TestExchange exchange) =>
        new() { Url = exchange.Url, ProductsUrl = exchange.ProductsUrl, RecordPath = _folder["feed.tsv"] };

    private FeedRecorder Recorder() => new(_folder["feed.tsv"], _time, _logs.For<FeedRecorder>());

    private async Task RecordAsync(params string[] messages)
    {
        await using var recorder = Recorder();
        foreach (var message in messages)
        {
            recorder.Record(Encoding.UTF8.GetBytes(message));
        }
    }

    private string Recorded()
    {
        using var file = new FileStream(_folder["feed.tsv"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
