using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

public sealed class ReplaySourceTests : IDisposable
{
    private const int Skipped = 2041;
    private const int Ended = 2042;
    private const int Empty = 2043;
    private const int Filled = 2044;

    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1.5)]
    [InlineData(0.5, 6)]
    public async Task A_price_comes_when_it_came_or_faster_or_slower(double speed, double afterSeconds)
    {
        await using var source = Source(speed, loop: false, Line(100, "A", "1"), Line(103, "A", "2"));
        var collected = new Collected(source);
        source.Start();
        await collected.UntilAsync("A", "1");

        Assert.Equal(TimeSpan.FromSeconds(afterSeconds), await _time.NextTimerAsync());
        _time.Advance(TimeSpan.FromSeconds(afterSeconds));

        await collected.UntilAsync("A", "2");
    }

    [Fact]
    public async Task At_the_end_the_last_prices_stay()
    {
        await using var source = Source(1, loop: false, Line(100, "A", "1"), Line(100, "B", "2.50"), Line(100, "A", "3"));
        source.Start();
        await _logs.WaitForAsync(Ended);

        var collected = new Collected(source);
        Assert.Equal("3", collected.Price("A"));
        Assert.Equal("2.50", collected.Price("B"));
        Assert.Empty(collected.Turn());
    }

    [Fact]
    public async Task A_loop_plays_the_same_prices_again_with_the_times_at_which_they_were_made()
    {
        await using var source = Source(
            1, loop: true, Line(100, "A", "1", "2024-05-06T07:08:09Z"), Line(101, "A", "2", "2024-05-06T07:08:10Z"));
        var collected = new Collected(source);
        source.Start();
        for (var pass = 0; pass < 3; pass++)
        {
            await collected.UntilAsync("A", "1");
            Assert.Equal(9, collected.Newest["A"].Time.Second);
            _time.Advance(await _time.NextTimerAsync());
        }
    }

    [Fact]
    public async Task A_short_file_does_not_spin()
    {
        await using var source = Source(10_000, loop: true, Line(100, "A", "1"));
        source.Start();

        for (var pass = 0; pass < 3; pass++)
        {
            Assert.Equal(ReplaySource.MinPass, await _time.NextTimerAsync());
            _time.Advance(ReplaySource.MinPass);
        }
    }

    [Fact]
    public async Task A_gap_between_two_recorded_runs_is_cut_and_a_step_back_in_time_is_none()
    {
        await using var source = Source(
            1, loop: false, Line(100, "A", "1"), Line(1_000_000, "A", "2"), Line(500, "A", "3"), Line(501, "A", "4"));
        var collected = new Collected(source);
        source.Start();
        await collected.UntilAsync("A", "1");

        Assert.Equal(TimeSpan.FromMinutes(1), await _time.NextTimerAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        await collected.UntilAsync("A", "3");
        Assert.Equal(TimeSpan.FromSeconds(1), await _time.NextTimerAsync());
    }

    [Fact]
    public async Task Bad_lines_are_skipped_and_told_once_in_each_pass()
    {
        await using var source = Source(1, loop: true, "bad", Line(100, "A", "1"), "100\tno message", Line(100, "A", "2"), "100\t{}");
        var collected = new Collected(source);
        source.Start();
        await collected.UntilAsync("A", "2");

        _time.Advance(await _time.NextTimerAsync());
        await _logs.WaitForAsync(Skipped, count: 2);
        await _time.NextTimerAsync();

        Assert.Equal(2, _logs.Of(Skipped, LogLevel.Warning).Count);
        Assert.All(_logs.Of(Skipped), told => Assert.StartsWith("Skipped 3 ", told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_without_a_price_ends_a_replay_that_does_not_loop_with_an_error()
    {
        await using var source = Source(1, loop: false, $"100\t{FeedMessages.Heartbeat}");
        source.Start();

        await _logs.WaitForAsync(Ended);
        Assert.Single(_logs.Of(Ended, LogLevel.Error));
        Assert.Equal("the recording has been played to its end", source.Silence.Cause);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no price")]
    [InlineData(null)]
    public async Task A_loop_goes_on_when_its_file_is_empty_or_away_for_some_passes(string? content)
    {
        await using var source = Source(1, loop: true, Line(100, "A", "1"));
        var collected = new Collected(source);
        source.Start();
        await collected.UntilAsync("A", "1");

        File.Delete(_folder["feed.tsv"]);
        if (content is not null)
        {
            _folder.Write("feed.tsv", content);
        }

        _time.Advance(await _time.NextTimerAsync());
        for (var pass = 0; pass < 3; pass++)
        {
            Assert.Equal(ReplaySource.EmptyPass, await _time.NextTimerAsync());
            Assert.Equal("the recording has no price", source.Silence.Cause);
            _time.Advance(pass < 2 ? ReplaySource.EmptyPass : TimeSpan.Zero);
        }

        _folder.Write("feed.tsv", Line(100, "A", "2"));
        _time.Advance(ReplaySource.EmptyPass);

        await collected.UntilAsync("A", "2");
        await _time.NextTimerAsync();
        Assert.Single(_logs.Of(Empty, LogLevel.Error));
        Assert.Single(_logs.Of(Filled));
    }

    [Fact]
    public async Task A_message_with_a_byte_order_mark_is_a_message()
    {
        await using var source = Source(1, loop: false, "\uFEFF" + Line(100, "A", "1"), Line(100, "B", "2").Replace("\t", "\t\uFEFF", StringComparison.Ordinal));
        source.Start();
        await _logs.WaitForAsync(Ended);

        var collected = new Collected(source);
        Assert.Equal(("1", "2"), (collected.Price("A"), collected.Price("B")));
        Assert.Empty(_logs.Of(Skipped));
    }

    [Fact]
    public async Task Disposal_ends_a_wait()
    {
        var source = Source(0.01, loop: true, Line(100, "A", "1"), Line(150, "A", "2"));
        source.Start();
        await _time.NextTimerAsync();

        await source.DisposeAsync().AsTask().WithinTimeoutAsync();
    }

    public void Dispose()
    {
        _logs.Dispose();
        _folder.Dispose();
    }

    private static string Line(int seconds, string symbol, string price, string time = "2024-05-06T07:08:09.123456Z") =>
        $"{seconds}.000000\t{FeedMessages.Ticker(symbol, price, time)}";

    private ReplaySource Source(double speed, bool loop, params string[] lines)
    {
        var options = new ReplayOptions { Path = _folder.Write("feed.tsv", lines), Speed = speed, Loop = loop };
        return new ReplaySource(options, _time, _logs.For<ReplaySource>());
    }
}
