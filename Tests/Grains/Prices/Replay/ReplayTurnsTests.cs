using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Grains.Prices.Replay.Recorded;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

public sealed class ReplayTurnsTests : IDisposable
{
    private const int Skipped = 2041;
    private const int Ended = 2042;
    private const int Empty = 2043;
    private const int Filled = 2044;

    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 150)]
    [InlineData(0.5, 600)]
    public async Task A_price_comes_when_it_came_or_faster_or_slower(double speed, int turn)
    {
        var turns = await Turns(speed, loop: false, Line(100, "A", "1"), Line(103, "A", "2")).AllAsync();

        Assert.Equal(["0: A 1", $"{turn}: A 2"], turns.Changes());
    }

    [Fact]
    public async Task At_the_end_the_last_prices_stay()
    {
        var turns = await Turns(1, loop: false, Line(100, "A", "1"), Line(100, "B", "2.50"), Line(100, "A", "3")).AllAsync();

        Assert.Equal(["0: A 3", "0: B 2.50"], turns.Changes());
        Assert.Equal([null, "the recording has been played to its end"], turns.Select(turn => turn.Cause));
        Assert.Single(_logs.Of(Ended));
    }

    [Fact]
    public async Task A_loop_plays_the_same_prices_again_with_the_times_at_which_they_were_made()
    {
        await using var turns = Turns(
            1,
            loop: true,
            Line(1_714_979_289, "A", "1", "2024-05-06T07:08:09Z", sequence: 10),
            Line(1_714_979_290, "A", "2", "2024-05-06T07:08:10Z", sequence: 11)).Begin();

        var first = await turns.TakeAsync(101);

        Assert.Equal(["0: A 1", "100: A 2"], first.Changes());
        Assert.Equal([9, 10], first.SelectMany(turn => turn.Changes).Select(quote => quote.Time.Second));
        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Equal(first.SelectMany(turn => turn.Changes), (await turns.TakeAsync(101)).SelectMany(turn => turn.Changes));
        }
    }

    [Fact]
    public async Task Trades_and_volumes_are_counted_on_from_pass_to_pass()
    {
        await using var turns = Turns(1, loop: true, Trade(100, "A", "1", "0.5", 7), Trade(100.5, "A", "2", "0.25", 8)).Begin();

        var counts = (await turns.TakeAsync(153)).SelectMany(turn => turn.Changes).Select(quote => (quote.Details!.Trades, quote.Details.Volume));

        Assert.Equal([(1, 0.5m), (2, 0.75m), (3, 1.25m), (4, 1.5m), (5, 2m), (6, 2.25m)], counts);
    }

    [Fact]
    public async Task A_short_file_is_not_read_without_pause()
    {
        await using var turns = Turns(10_000, loop: true, Line(100, "A", "1")).Begin();

        Assert.Equal(["0: A 1", "10: A 1", "20: A 1"], (await turns.TakeAsync(30)).Changes());
    }

    [Fact]
    public async Task A_gap_between_two_recorded_runs_is_cut_and_a_step_back_in_time_is_none()
    {
        var turns = await Turns(
            1, loop: false, Line(100, "A", "1"), Line(1_000_000, "A", "2"), Line(500, "B", "3"), Line(501, "A", "4")).AllAsync();

        Assert.Equal(["0: A 1", "6000: A 2", "6000: B 3", "6100: A 4"], turns.Changes());
    }

    [Fact]
    public async Task Times_that_cannot_be_added_do_not_end_a_replay()
    {
        var lines = Enumerable.Range(0, 20).Select(number => Line(number % 2 == 0 ? 0 : 250_000_000_000, "A", $"{number + 1}", sequence: number));

        var turns = await Turns(10_000, loop: false, [.. lines]).AllAsync();

        Assert.EndsWith("A 20", turns.Changes().Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_lines_are_skipped_and_told_once_in_each_pass()
    {
        await using var turns = Turns(1, loop: true, "bad", Line(100, "A", "1"), "100\tno message", Line(100, "A", "2"), "100\t{}").Begin();

        Assert.Equal(["0: A 2", "10: A 2"], (await turns.TakeAsync(20)).Changes());

        Assert.Equal(2, _logs.Of(Skipped, LogLevel.Warning).Count);
        Assert.All(_logs.Of(Skipped), told => Assert.StartsWith("Skipped 3 ", told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_without_a_price_ends_a_replay_that_does_not_loop_with_an_error()
    {
        var turns = await Turns(1, loop: false, $"100\t{FeedMessages.Heartbeat}").AllAsync();

        Assert.Single(_logs.Of(Ended, LogLevel.Error));
        Assert.Empty(turns.Changes());
        Assert.Equal("the recording has been played to its end", turns[^1].Cause);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no price")]
    [InlineData(null)]
    public async Task A_loop_goes_on_when_its_file_is_empty_or_away_for_some_passes(string? content)
    {
        await using var turns = Turns(1, loop: true, Line(100, "A", "1")).Begin();
        Assert.Equal(["0: A 1"], (await turns.TakeAsync(10)).Changes());

        File.Delete(_folder["feed.tsv"]);
        if (content is not null)
        {
            _folder.Write("feed.tsv", content);
        }

        // Two passes of a second each, in which nothing is read.
        var empty = await turns.TakeAsync(200);
        _folder.Write("feed.tsv", Line(100, "A", "2"));

        Assert.All(empty, turn => Assert.Equal("the recording has no price", turn.Cause));
        Assert.Equal(["0: A 2"], (await turns.TakeAsync(10)).Changes());
        Assert.Null(turns.Current.Cause);
        Assert.Single(_logs.Of(Empty, LogLevel.Error));
        Assert.Single(_logs.Of(Filled));
    }

    [Fact]
    public async Task A_message_with_a_byte_order_mark_is_a_message()
    {
        var turns = await Turns(
            1,
            loop: false,
            "\uFEFF" + Line(100, "A", "1"),
            Line(100, "B", "2").Replace("\t", "\t\uFEFF", StringComparison.Ordinal)).AllAsync();

        Assert.Equal(["0: A 1", "0: B 2"], turns.Changes());
        Assert.Empty(_logs.Of(Skipped));
    }

    [Fact]
    public async Task The_recording_may_be_of_any_exchange()
    {
        var options = new ReplayOptions
        {
            Path = _folder.Write("feed.tsv", KrakenLine(100, "BTC/USD", "1", "2", "1.50")),
            Exchange = "kraken",
            Loop = false,
        };

        Assert.Equal(["0: BTC-USD 1.50"], (await options.ToTurns(_logs).AllAsync()).Changes());
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    private ReplayTurns Turns(double speed, bool loop, params string[] lines) =>
        new ReplayOptions { Path = _folder.Write("feed.tsv", lines), Speed = speed, Loop = loop }.ToTurns(_logs);
}
