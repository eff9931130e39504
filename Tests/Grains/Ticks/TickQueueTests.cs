using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticks;

namespace OrleansTicker.Tests.Grains.Ticks;

public sealed class TickQueueTests
{
    private const long Epoch = 7;

    private readonly TickQueue _queue = new(Epoch);

    [Fact]
    public async Task A_reader_waits_for_the_next_tick_and_goes_on_behind_it()
    {
        Append(1);
        var reading = _queue.ReadAsync(null);
        Assert.False(reading.IsCompleted);

        Append(2);
        var first = await reading;
        Append(3);
        Append(4);

        Assert.Equal([2L], first.Ticks.Select(tick => tick.Seq));
        Assert.Equal([3L, 4L], (await _queue.ReadAsync(first.Position)).Ticks.Select(tick => tick.Seq));
    }

    [Fact]
    public async Task A_reader_that_is_too_far_behind_is_given_the_newest_ticks_and_finds_the_gap()
    {
        var reading = _queue.ReadAsync(null);
        Append(1);
        var position = (await reading).Position;
        for (var seq = 2; seq <= TickQueue.Capacity + 10; seq++)
        {
            Append(seq);
        }

        var read = (await _queue.ReadAsync(position)).Ticks;

        Assert.Equal(TickQueue.Capacity, read.Length);
        Assert.Equal(TickQueue.Capacity + 10, read[^1].Seq);
    }

    [Fact]
    public async Task A_reader_that_comes_from_another_life_of_the_ticker_goes_on_with_the_next_tick()
    {
        Append(1);
        var reading = _queue.ReadAsync(new TickPosition(Epoch + 1, 40));
        Append(2);

        Assert.Equal([2L], (await reading).Ticks.Select(tick => tick.Seq));
    }

    [Fact]
    public async Task A_reader_that_never_comes_back_holds_up_nobody()
    {
        _ = _queue.ReadAsync(null);
        var position = new TickPosition(Epoch, 0);
        for (var seq = 1; seq <= 3 * TickQueue.Capacity; seq++)
        {
            Append(seq);
            var read = await _queue.ReadAsync(position);
            Assert.Equal([(long)seq], read.Ticks.Select(tick => tick.Seq));
            position = read.Position;
        }
    }

    [Fact]
    public async Task A_queue_that_has_ended_keeps_no_reader()
    {
        var reading = _queue.ReadAsync(null);

        _queue.End();

        Assert.Empty((await reading).Ticks);
        Assert.Empty((await _queue.ReadAsync(null)).Ticks);
    }

    private void Append(long seq) => _queue.Append(new Tick(Epoch, seq, DateTimeOffset.UnixEpoch, []));
}
