using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Delivery.Uring;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

public sealed class PacingTests
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(0.5);

    private readonly FakeTimeProvider _time = new();
    private readonly Pacing _pacing;

    public PacingTests() => _pacing = new Pacing(_time);

    [Fact]
    public void A_worker_that_is_done_in_time_never_pauses()
    {
        for (var round = 0; round < 100; round++)
        {
            Assert.Equal(TimeSpan.Zero, Send(TimeSpan.FromMilliseconds(8.5)));
            _time.Advance(TimeSpan.FromMilliseconds(1.5));
        }
    }

    [Fact]
    public void A_worker_that_is_late_pauses_more_than_a_third_of_the_time()
    {
        var sending = TimeSpan.FromMilliseconds(1000);

        Assert.InRange(Send(sending) / sending, 0.55, 0.6);
    }

    [Fact]
    public void A_worker_that_has_caught_up_is_not_late_any_more()
    {
        Assert.NotEqual(TimeSpan.Zero, Send(TimeSpan.FromMilliseconds(50)));
        _time.Advance(TimeSpan.FromMilliseconds(5));

        Assert.Equal(TimeSpan.Zero, Send(Pacing.LongestRound));
    }

    [Fact]
    public void A_pause_itself_is_no_catching_up()
    {
        Send(TimeSpan.FromMilliseconds(50));

        Assert.NotEqual(TimeSpan.Zero, Send(Pacing.Spell));
    }

    /// <summary>Sends batches, and pauses as it is told.</summary>
    /// <returns>The time of the pauses.</returns>
    private TimeSpan Send(TimeSpan duration)
    {
        var pauses = TimeSpan.Zero;
        for (var sent = TimeSpan.Zero; sent < duration; sent += Batch)
        {
            _pacing.BeginBatch();
            _time.Advance(Batch);
            var pause = _pacing.EndBatch();
            _time.Advance(pause);
            pauses += pause;
        }

        return pauses;
    }
}
