using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Streaming;
using Orleans.Runtime;

namespace OrleansTicker.Tests.Grains.Streaming;

public sealed class TickQueueTests
{
    private static readonly StreamId Stream = StreamId.Create(TickStream.Namespace, ITickerGrain.Key);

    private readonly TickQueue _queue = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_waits_for_the_next_tick_and_goes_on_behind_it()
    {
        var reading = _queue.ReadAsync(null, Stop);
        Assert.False(reading.IsCompleted);

        Append(1);
        var first = Assert.Single(await reading);
        Append(2);
        Append(3);

        Assert.Equal(1, first.Tick.Seq);
        Assert.Equal([2L, 3L], (await _queue.ReadAsync(first.Position, Stop)).Select(tick => tick.Tick.Seq));
    }

    [Fact]
    public async Task A_reader_of_a_silent_queue_is_sent_away_and_that_of_a_speaking_one_is_not()
    {
        _queue.Nudge();
        Append(1);
        var reading = _queue.ReadAsync(null, Stop);

        _queue.Nudge();
        Assert.False(reading.IsCompleted);
        _queue.Nudge();

        Assert.Empty(await reading);
    }

    [Fact]
    public async Task A_queue_that_has_ended_keeps_no_reader()
    {
        var reading = _queue.ReadAsync(null, Stop);

        _queue.End();

        Assert.Empty(await reading);
        Assert.Empty(await _queue.ReadAsync(null, Stop));
    }

    private void Append(long seq) => _queue.Append(Stream, new Tick(1, seq, DateTimeOffset.UnixEpoch, []));
}
