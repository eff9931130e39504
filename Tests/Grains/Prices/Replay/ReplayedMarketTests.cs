using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

public sealed class ReplayedMarketTests : IDisposable
{
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Recordings_of_several_exchanges_are_played_in_the_order_in_which_messages_were_received()
    {
        var options = Options([Line(100, "A-USD", "1"), Line(102, "C-USD", "3")], [At(5, KrakenHeartbeat), KrakenLine(6, "B/USD", "2", "2", "2")]);

        var turns = await options.ToTurns(_logs).AllAsync();

        Assert.Equal(["0: coinbase:A-USD 1", "100: kraken:B-USD 2", "200: coinbase:C-USD 3"], turns.Changes().Where(change => change.Count(':'.Equals) == 2));
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 6100)]
    public async Task They_start_at_the_same_instant_unless_they_keep_their_own_times(bool startTogether, int turn)
    {
        var options = Options([Line(1_000_000, "A-USD", "1")], [At(2_000_000, KrakenHeartbeat), KrakenLine(2_000_001, "B/USD", "2", "2", "2")]);
        options.StartTogether = startTogether;

        Assert.Contains($"{turn}: kraken:B-USD 2", (await options.ToTurns(_logs).AllAsync()).Changes());
    }

    [Fact]
    public async Task A_symbol_of_two_exchanges_has_one_price_of_both()
    {
        // 1285.155 is the middle of what Coinbase bids and asks.
        var options = Options([Line(100, "ETH-USD", "1285")], [KrakenLine(5, "ETH/USD", "1285.244", "1285.266", "1280")]);

        var turns = await options.ToTurns(_logs).AllAsync();

        Assert.Equal(["0: coinbase:ETH-USD 1285", "0: ETH-USD 1285.2", "0: kraken:ETH-USD 1280"], turns.Changes().Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(2, turns[0].Changes.Single(quote => quote.Symbol == "ETH-USD").Details!.Sources);
    }

    [Fact]
    public async Task An_exchange_is_silent_by_the_time_of_the_recordings()
    {
        var options = Options([Line(100, "A-USD", "1"), Line(110, "A-USD", "2")], [KrakenLine(5, "B/USD", "2", "2", "2"), At(7, KrakenHeartbeat)]);

        var turns = await options.ToTurns(_logs).AllAsync();

        // Kraken is heard for 2 s and may be silent for 5 s more, Coinbase is heard at the beginning and at the end.
        Assert.Equal((true, true), Live(turns[0]));
        Assert.Equal((true, true), Live(turns[400]));
        Assert.Equal((false, true), Live(turns[650]));
        Assert.Equal((false, false), Live(turns[750]));
        Assert.Equal((true, false), Live(turns[1000]));
        Assert.Equal("its recording has been played to its end", turns[1000].Statuses[1].Cause);
        Assert.Contains(turns[650..750].SelectMany(turn => turn.Changes), quote => quote is { Symbol: "kraken:B-USD", IsStale: true });

        // After the end none is live.
        Assert.Equal((false, false), Live(turns[1001]));
        Assert.Equal(1002, turns.Count);

        static (bool Coinbase, bool Kraken) Live(ReplayTurn turn)
        {
            Assert.Equal(["coinbase", "kraken"], turn.Statuses.Select(status => status.Exchange));
            return (turn.Statuses[0].IsLive, turn.Statuses[1].IsLive);
        }
    }

    [Fact]
    public async Task Each_pass_of_a_loop_begins_as_if_it_were_the_first()
    {
        var options = Options(
            [Line(100, "A-USD", "1", sequence: 5), Trade(101, "A-USD", "3", "0.5", 9)], [KrakenLine(5.5, "A/USD", "2", "2", "2")]);
        options.Loop = true;
        await using var turns = options.ToTurns(_logs).Begin();

        var (first, second) = (await turns.TakeAsync(101), await turns.TakeAsync(101));

        Assert.NotEmpty(first.Changes());
        Assert.Equal(first.Changes(), second.Changes());
        Assert.Equal([1, 2], new[] { first, second }.Select(pass => pass[^1].Changes.Single(quote => quote.Symbol == "coinbase:A-USD").Details!.Trades));
    }

    [Fact]
    public async Task One_of_several_recordings_may_be_away_in_a_loop()
    {
        var options = Options([Line(100, "A-USD", "1")], []);
        options.Loop = true;
        await using var turns = options.ToTurns(_logs).Begin();

        Assert.Contains("10: coinbase:A-USD 1", (await turns.TakeAsync(20)).Changes());

        Assert.Contains("kraken", Assert.Single(_logs.Of(2043)), StringComparison.Ordinal);
        Assert.Equal("its recording has not begun", turns.Current.Statuses[1].Cause);
        Assert.True(turns.Current.Statuses[0].IsLive);
    }

    [Fact]
    public async Task A_product_that_is_named_like_a_symbol_of_another_exchange_is_none()
    {
        const string Forged = """{"event":"trade","channel":"live_trades_coinbase:A-USD","data":{"id":1,"price_str":"9","amount_str":"1"}}""";
        var options = Options([Line(100, "A-USD", "1")], []);
        options.Recordings["bitstamp"] = _folder.Write("bitstamp.tsv", [At(5, Forged)]);

        var changes = (await options.ToTurns(_logs).AllAsync()).SelectMany(turn => turn.Changes).ToList();

        Assert.Equal(1, Assert.Single(changes, quote => quote.Symbol == "coinbase:A-USD").Price);
        Assert.DoesNotContain(changes, quote => quote.Price == 9);
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    private ReplayOptions Options(string[] coinbase, string[] kraken) => new()
    {
        Recordings = { ["kraken"] = _folder.Write("kraken.tsv", kraken), ["coinbase"] = _folder.Write("coinbase.tsv", coinbase) },
        Loop = false,
    };
}
