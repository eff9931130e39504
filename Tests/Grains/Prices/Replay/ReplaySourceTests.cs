using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

public sealed class ReplaySourceTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_replays_give_the_same_ticks_also_if_one_is_collected_late()
    {
        var options = Market(loop: false);

        var steady = await TicksAsync(options, ticks: 100_000, turnsAtOnce: () => 1);
        var random = new Random(7);
        var irregular = await TicksAsync(options, ticks: 100_000, turnsAtOnce: () => random.Next(40));

        Assert.True(steady.Count > 100, $"{steady.Count} ticks");
        Assert.Equal(steady, irregular);
    }

    [Fact]
    public async Task Two_replays_in_a_loop_give_the_same_ticks()
    {
        var options = Market(loop: true);
        options.Speed = 20;

        var one = await TicksAsync(options, ticks: 100, turnsAtOnce: () => 1);
        var other = await TicksAsync(options, ticks: 100, turnsAtOnce: () => 3);

        Assert.Equal(100, one.Count);
        Assert.Equal(one, other);
    }

    [Fact]
    public async Task It_is_silent_since_the_last_turn_with_a_price()
    {
        await using var source = Source(new ReplayOptions { Path = _folder.Write("feed.tsv", Line(100, "A", "1")), Loop = false });
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new PriceSilence(TimeSpan.FromSeconds(3), null), source.Silence);

        source.Start();
        await new Collected(source).UntilAsync("A", "1");
        Assert.Equal(TimeSpan.Zero, source.Silence.Length);
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilOverAsync(source);

        Assert.Equal(new PriceSilence(TimeSpan.FromSeconds(2), "the recording has been played to its end"), source.Silence);
    }

    [Fact]
    public async Task It_says_why_it_has_no_price()
    {
        await using var source = Source(new ReplayOptions { Path = _folder.Write("feed.tsv") });
        source.Start();

        var collected = new Collected(source);
        await Eventually.TrueAsync(() => collected.Turn().Count == 0 && source.Silence.Cause == "the recording has no price", "a cause");
    }

    [Fact]
    public async Task A_fault_is_told()
    {
        await using var source = Source(new ReplayOptions { Path = _folder["nowhere.tsv"], Loop = false });
        source.Start();

        await Eventually.TrueAsync(() => source.Silence.Cause == "the replay ended on a fault", "a fault");
    }

    [Fact]
    public async Task Statuses_are_the_same_array_until_an_exchange_comes_or_goes()
    {
        var options = Market(loop: true);
        await using var source = new MarketReplay(Source(options), ["Coinbase", "Kraken"]);
        Assert.All(source.Report(), report => Assert.Equal((false, "its recording has not begun"), (report.IsLive, report.Situation)));
        source.Start();
        var collected = new Collected(source);
        await Eventually.TrueAsync(() => collected.Turn().Count > 0, "the first prices");

        var statuses = source.Statuses;
        Assert.All(statuses!.Value, status => Assert.True(status.IsLive));
        for (var turn = 0; turn < 100; turn++)
        {
            collected.Turn();
            Assert.True(statuses == source.Statuses);
        }

        Assert.Equal(["Coinbase", "Kraken"], source.Report().Where(report => report.IsLive).Select(report => report.Exchange));
    }

    [Fact]
    public async Task Disposal_ends_a_wait()
    {
        var source = Source(new ReplayOptions { Path = _folder.Write("feed.tsv", Line(100, "A", "1"), Line(150, "A", "2")), Speed = 0.01 });
        source.Start();
        await new Collected(source).UntilAsync("A", "1");

        await source.DisposeAsync().AsTask().WithinTimeoutAsync();
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    private static async Task UntilOverAsync(IPriceSource source)
    {
        var collected = new Collected(source);
        await Eventually.TrueAsync(
            () => collected.Turn().Count == 0 && source.Silence.Cause == "the recording has been played to its end", "the end of the replay");
    }

    private ReplaySource Source(ReplayOptions options) => new(options.ToTurns(_logs), _time, _logs.For<ReplaySource>());

    /// <summary>Two exchanges with a symbol in common, whose price moves in each of 200 turns.</summary>
    private ReplayOptions Market(bool loop) => new()
    {
        Recordings =
        {
            ["Coinbase"] = _folder.Write("coinbase.tsv", Enumerable.Range(1, 200).Select(n => Line(100 + (n / 80.0), "ETH-USD", $"{1200 + n}.50", sequence: n))),
            ["Kraken"] = _folder.Write("kraken.tsv", Enumerable.Range(1, 200).Select(n => KrakenLine(7 + (n / 75.0), "ETH/USD", $"{1280 + (n % 9)}", $"{1281 + (n % 9)}", $"{1280 + n}"))),
        },
        Loop = loop,
    };

    /// <summary>The ticks of a ticker that turns several times, then waits a moment, and so on.</summary>
    private async Task<List<string>> TicksAsync(ReplayOptions options, int ticks, Func<int> turnsAtOnce)
    {
        await using var source = Source(options);
        source.Start();
        var (book, seen, changes) = (new QuoteBook(), new List<string>(), new List<Quote>());
        await Eventually.TrueAsync(
            () =>
            {
                for (var turns = turnsAtOnce(); turns > 0 && seen.Count < ticks; turns--)
                {
                    changes.Clear();
                    source.Collect(changes);
                    var changed = book.Apply(changes);
                    if (!changed.IsEmpty)
                    {
                        seen.Add($"{book.Seq}: {string.Join("; ", changed)}");
                    }
                }

                return seen.Count == ticks || source.Silence.Cause is not null;
            },
            "the ticks");
        return seen;
    }
}
