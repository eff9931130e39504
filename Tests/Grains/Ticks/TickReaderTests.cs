using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Ticks;

/// <summary>When a reader follows the queue of its process, and when it does not.</summary>
public sealed class TickReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LocalTicks _local = new();
    private readonly TickQueue _queue = new(1);
    private readonly TickReader _reader;

    public TickReaderTests() => _reader = new TickReader(null!, _local, _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_ticker_in_this_process_there_is_nothing_to_follow()
    {
        Assert.True(await _reader.FollowAsync(_ => true, Stop));
    }

    [Fact]
    public async Task As_long_as_ticks_come_the_reader_follows()
    {
        var taken = 0;
        _local.Announce(_queue);
        var following = _reader.FollowAsync(_ => ++taken > 0, Stop);
        for (var tick = 1; tick <= 20; tick++)
        {
            Append(tick);
            _time.Advance(ITickerGrain.ReadTimeout / 2);
        }

        Assert.Equal(20, taken);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop); // Whatever the timers have started is over by then.
        Append(21);
        Assert.Equal(21, taken);
        Assert.False(following.IsCompleted);
        _local.Withdraw(_queue);
        Assert.True(await following.WithinTimeoutAsync());
    }

    [Fact]
    public async Task A_silent_queue_is_left_until_it_says_something()
    {
        _local.Announce(_queue);
        var following = _reader.FollowAsync(_ => true, Stop);
        Append(1);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(ITickerGrain.ReadTimeout / 10);
                return following.IsCompleted;
            },
            "the reader gives up");

        Assert.True(await following.WithinTimeoutAsync());
        Assert.True(_reader.FollowAsync(_ => true, Stop).IsCompleted);
        Assert.True(_reader.FollowAsync(_ => true, Stop).IsCompleted);

        Append(2); // It lives after all.
        Assert.False(await _reader.FollowAsync(tick => tick.Seq == 1, Stop).WithinTimeoutAsync());
    }

    [Fact]
    public async Task After_a_refusal_the_reader_follows_on_behind_it()
    {
        _local.Announce(_queue);
        var taken = new List<long>();
        var following = _reader.FollowAsync(_ => false, Stop);
        Append(1);
        Append(2);
        Assert.False(await following.WithinTimeoutAsync());

        _ = _reader.FollowAsync(
            tick =>
            {
                taken.Add(tick.Seq);
                return true;
            },
            Stop);
        Assert.Equal([2], taken);
        _local.Withdraw(_queue);
    }

    [Fact]
    public async Task Who_stops_hears_no_more()
    {
        using var stop = new CancellationTokenSource();
        var taken = 0;
        _local.Announce(_queue);
        var following = _reader.FollowAsync(_ => ++taken > 0, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following.WithinTimeoutAsync());

        Append(1);
        Assert.Equal(0, taken);
    }

    private void Append(long seq) => _queue.Append(new Tick(1, seq, DateTimeOffset.UnixEpoch, []));
}
