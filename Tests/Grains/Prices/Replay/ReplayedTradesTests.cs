using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>The trades of each second in replays.</summary>
public sealed class ReplayedTradesTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Seconds_belong_to_the_turn_in_which_their_trades_are_played()
    {
        var options = Plain([Trade(100, "A", "1", "2", 1), Trade(100.5, "A", "3", "1", 2), Trade(101.2, "A", "2", "1", 3)]);

        var turns = await options.ToTurns(_logs).AllAsync();

        Assert.Equal(["0: A 100 1 2", "50: A 100 2 5", "120: A 101 1 2"], Texts(turns));
    }

    [Fact]
    public async Task Two_replays_give_the_same_seconds_in_the_same_turns()
    {
        var (one, other) = (Texts(await Market().ToTurns(_logs).AllAsync()).ToList(), Texts(await Market().ToTurns(_logs).AllAsync()).ToList());

        Assert.Equal(one, other);
        Assert.Contains("0: ETH-USD 100 1 100", one);
        Assert.Contains("0: coinbase:ETH-USD 100 1 100", one);
        Assert.Equal(
            Enumerable.Range(1, 200).Sum(),
            Texts(await Market().ToTurns(_logs).AllAsync()).Select(text => text.Split(' ')).Where(text => text[1] == "ETH-USD")
                .GroupBy(text => text[2]).Sum(second => decimal.Parse(second.Last()[4], System.Globalization.CultureInfo.InvariantCulture)) / 100);
    }

    [Fact]
    public async Task Another_speed_gives_the_same_seconds_in_the_end()
    {
        var fast = Market();
        fast.Speed = 50;

        Assert.Equal(Last(await Market().ToTurns(_logs).AllAsync()), Last(await fast.ToTurns(_logs).AllAsync()));
    }

    [Fact]
    public async Task A_turn_that_is_longer_than_seconds_are_kept_tells_all_of_its_seconds_once()
    {
        var options = Plain([.. Enumerable.Range(1, 300).Select(n => Trade(100 + (n / 3.0), "A", $"{n}", "1", n))]);
        options.Speed = 10_000;

        var turn = Assert.Single(await options.ToTurns(_logs).AllAsync(), turn => !turn.Seconds.IsEmpty);

        Assert.Equal(101, turn.Seconds.Length);
        Assert.Equal(101, turn.Seconds.DistinctBy(second => second.Trades.Second).Count());
        Assert.Equal(300, turn.Seconds.Sum(second => second.Trades.Trades));
        Assert.Equal(300, Assert.Single(turn.Changes).Price);
    }

    [Fact]
    public async Task Each_pass_of_a_loop_tells_its_seconds_anew()
    {
        var options = Plain([Trade(100, "A", "1", "2", 1), Trade(100.5, "A", "3", "1", 2)]);
        options.Loop = true;
        await using var turns = options.ToTurns(_logs).Begin();

        Assert.Equal(["0: A 100 1 2", "50: A 100 2 5", "51: A 100 1 2", "101: A 100 2 5"], Texts(await turns.TakeAsync(102)));
    }

    [Fact]
    public async Task Between_two_passes_no_seconds_are_told_again()
    {
        var options = Plain([Trade(100, "A", "1", "2", 1)]);
        options.Loop = true;
        await using var turns = options.ToTurns(_logs).Begin();

        Assert.Equal(["0: A 100 1 2", "10: A 100 1 2"], Texts(await turns.TakeAsync(20)));
    }

    [Fact]
    public async Task A_source_gives_the_seconds_of_a_turn_once()
    {
        var options = Plain([Trade(100, "A", "1", "2", 1)]);
        await using var source = new ReplaySource(options.ToTurns(_logs), _time, _logs.For<ReplaySource>());
        source.Start();
        var collected = new Collected(source);
        await Eventually.TrueAsync(() => collected.Turn().Count > 0, "a price");
        Assert.Equal(1, Assert.Single(collected.Seconds).Value.Trades);

        collected.Seconds.Clear();
        collected.Turn();

        Assert.Empty(collected.Seconds);
        Assert.True(source.IsPricedByTrades("A"));
    }

    [Fact]
    public async Task A_market_gives_those_of_the_market_and_of_each_exchange()
    {
        await using var source = new MarketReplay(new ReplaySource(Market().ToTurns(_logs), _time, _logs.For<ReplaySource>()), ["Coinbase", "Kraken"]);
        source.Start();
        var collected = new Collected(source);

        await Eventually.TrueAsync(() => collected.Turn().Count == 0 && source.Silence.Cause is not null, "the end");

        Assert.Equal(["ETH-USD", "coinbase:ETH-USD"], collected.Seconds.Keys.Select(key => key.Symbol).Distinct().Order(StringComparer.Ordinal));
        Assert.True(source.IsPricedByTrades("coinbase:ETH-USD"));
        Assert.False(source.IsPricedByTrades("ETH-USD"));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    /// <summary>What was told, and in which turn: <c>50: A 100 2 5</c> for two trades of second 100 that are worth 5.</summary>
    private static IEnumerable<string> Texts(IEnumerable<ReplayTurn> turns) =>
        turns.SelectMany((turn, index) => turn.Seconds.Select(second => FormattableString.Invariant($"{index}: {Text(second)}")));

    private static string Text(TradedSecond second) => FormattableString.Invariant(
        $"{second.Symbol} {second.Trades.Second.ToUnixTimeSeconds()} {second.Trades.Trades} {second.Trades.QuoteVolume:0.##}");

    private static List<string> Last(IEnumerable<ReplayTurn> turns) => turns
        .SelectMany(turn => turn.Seconds)
        .GroupBy(second => (second.Symbol, second.Trades.Second))
        .Select(second => second.Last().ToString())
        .Order(StringComparer.Ordinal)
        .ToList();

    private ReplayOptions Plain(string[] lines) => new() { Path = _folder.Write("feed.tsv", lines), Loop = false };

    /// <summary>Coinbase trades each 20 ms; Kraken only quotes.</summary>
    private ReplayOptions Market() => new()
    {
        Recordings =
        {
            ["Coinbase"] = _folder.Write("coinbase.tsv", Enumerable.Range(1, 200).Select(n => Trade(100 + ((n - 1) / 50.0), "ETH-USD", "100", $"{n}", n))),
            ["Kraken"] = _folder.Write("kraken.tsv", Enumerable.Range(0, 5).Select(n => KrakenLine(7 + n, "ETH/USD", "99.9", "100.1", $"{100 + (n / 100m)}"))),
        },
        Loop = false,
    };
}
