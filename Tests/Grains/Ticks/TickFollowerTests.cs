using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Ticks;

/// <summary>Readers that are given ticks by the turn that publishes them.</summary>
public sealed class TickFollowerTests
{
    private const long Epoch = 7;

    private readonly TickQueue _queue = new(Epoch);
    private readonly List<long> _taken = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tick_is_taken_before_its_turn_goes_on()
    {
        Append(1);
        using var follower = _queue.Follow(null, Take);
        Assert.Empty(_taken);

        Append(2);
        Assert.Equal([2], _taken);
        Append(3);
        Assert.Equal([2, 3], _taken);

        _queue.End();
        Assert.True(await follower.End.WithinTimeoutAsync());
        Assert.Equal(new TickPosition(Epoch, 3), follower.Position);
    }

    [Fact]
    public void A_reader_goes_on_where_it_was()
    {
        Append(1, 2, 3, 4);
        using var follower = _queue.Follow(new TickPosition(Epoch, 2), Take);

        Assert.Equal([3, 4], _taken);
    }

    [Fact]
    public void A_reader_that_is_too_far_behind_is_given_what_there_is_and_finds_the_gap()
    {
        Append([.. Enumerable.Range(1, TickQueue.Capacity + 10)]);
        using var follower = _queue.Follow(new TickPosition(Epoch, 5), Take);

        Assert.Equal(Enumerable.Range(11, TickQueue.Capacity).Select(seq => (long)seq), _taken);
    }

    [Fact]
    public void A_reader_that_comes_from_another_life_of_the_ticker_begins_with_the_next_tick()
    {
        Append(1);
        using var follower = _queue.Follow(new TickPosition(Epoch + 1, 40), Take);
        Append(2);

        Assert.Equal([2], _taken);
    }

    [Fact]
    public async Task Who_refuses_a_tick_is_given_no_more_and_can_go_on_behind_it()
    {
        Append(1, 2, 3);
        using var refusing = _queue.Follow(new TickPosition(Epoch, 0), tick => tick.Seq != 2 && Take(tick));
        Append(4);

        Assert.False(await refusing.End.WithinTimeoutAsync());
        Assert.Equal([1], _taken);
        using var follower = _queue.Follow(refusing.Position, Take);
        Assert.Equal([1, 3, 4], _taken);
    }

    [Fact]
    public async Task Who_fails_is_told_and_harms_no_other()
    {
        using var failing = _queue.Follow(null, _ => throw new InvalidOperationException("by the test"));
        using var follower = _queue.Follow(null, Take);

        Append(1, 2);

        Assert.Equal("by the test", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing.End.WithinTimeoutAsync())).Message);
        Assert.Equal([1, 2], _taken);
    }

    [Fact]
    public async Task Who_leaves_is_given_no_more()
    {
        using (_queue.Follow(null, Take))
        {
            Append(1);
        }

        Append(2);
        Assert.Equal([1], _taken);

        _queue.End();
        using var late = _queue.Follow(new TickPosition(Epoch, 1), Take);
        Assert.True(await late.End.WithinTimeoutAsync());
        Assert.Equal([1, 2], _taken);
    }

    [Fact]
    public async Task Whoever_joins_and_leaves_meanwhile_nobody_misses_a_tick_or_hears_one_twice()
    {
        const int Last = 20_000;
        using var barrier = new Barrier(4);
        var positions = new long[3];
        var readers = Enumerable.Range(0, 3).Select(number => Task.Run(async () =>
        {
            var heard = new List<long>();
            var position = new TickPosition(Epoch, 0);
            barrier.SignalAndWait(Stop);
            while (position.Number < Last)
            {
                // It leaves after some ticks, as one that must do something else first, and goes on where it was.
                using var follower = _queue.Follow(position, tick =>
                {
                    heard.Add(tick.Seq);
                    Volatile.Write(ref positions[number], tick.Seq);
                    return tick.Seq % 7 != 0 && tick.Seq < Last;
                });
                await follower.End;
                position = follower.Position;
            }

            return heard;
        }, Stop)).ToList();

        barrier.SignalAndWait(Stop);
        for (var seq = 1; seq <= Last; seq++)
        {
            while (seq - Enumerable.Range(0, 3).Min(number => Volatile.Read(ref positions[number])) > TickQueue.Capacity / 2)
            {
                Thread.Yield(); // No reader falls behind so far that ticks are gone.
            }

            Append(seq);
        }

        foreach (var heard in await Task.WhenAll(readers).WithinTimeoutAsync())
        {
            Assert.Equal(Enumerable.Range(1, Last).Select(seq => (long)seq), heard);
        }
    }

    private bool Take(Tick tick)
    {
        _taken.Add(tick.Seq);
        return true;
    }

    private void Append(params int[] seqs)
    {
        foreach (var seq in seqs)
        {
            _queue.Append(new Tick(Epoch, seq, DateTimeOffset.UnixEpoch, []));
        }
    }
}
