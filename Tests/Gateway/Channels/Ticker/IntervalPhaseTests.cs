using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;

namespace OrleansTicker.Tests.Gateway.Channels.Ticker;

public sealed class IntervalPhaseTests
{
    private static readonly Gen<(int IntervalMs, int StartMs, int[] LateMicroseconds)> GenRun =
        Gen.Select(Gen.Int[1, 60_000], Gen.Int[0, 100_000], Gen.Int[0, 3000].Array[20]);

    /// <summary>Each message is sent a little after it was due, as by a worker that has to wake first.</summary>
    [Fact]
    public void Messages_are_an_interval_apart_and_never_much_less() => GenRun.Sample(
        run =>
        {
            var time = new FakeTimeProvider();
            time.Advance(TimeSpan.FromMilliseconds(run.StartMs));
            var interval = TimeSpan.FromMilliseconds(run.IntervalMs);
            var phase = default(IntervalPhase);
            Assert.Equal(TimeSpan.Zero, phase.Wait(time.GetTimestamp(), interval, time));
            foreach (var late in run.LateMicroseconds)
            {
                phase.Sent(time.GetTimestamp());
                var wait = phase.Wait(time.GetTimestamp(), interval, time);
                Assert.InRange(wait, interval - (interval / 64) - TimeSpan.FromTicks(1), interval + (interval / 8) + TimeSpan.FromTicks(1));
                time.Advance(wait);
                Assert.Equal(TimeSpan.Zero, phase.Wait(time.GetTimestamp(), interval, time));
                time.Advance(TimeSpan.FromMicroseconds(late));
            }
        },
        iter: 1000);

    [Fact]
    public void Sessions_with_the_same_interval_are_served_together()
    {
        var time = new FakeTimeProvider();
        var random = new Random(1);
        var interval = TimeSpan.FromSeconds(1);
        var dueAt = new HashSet<long>();
        for (var session = 0; session < 1000; session++)
        {
            time.Advance(TimeSpan.FromMilliseconds(random.NextDouble()));
            var phase = default(IntervalPhase);
            phase.Sent(time.GetTimestamp());
            dueAt.Add((time.GetTimestamp() + phase.Wait(time.GetTimestamp(), interval, time).Ticks) % TimeSpan.TicksPerSecond);
        }

        Assert.InRange(dueAt.Count, 1, 8);
    }

    [Fact]
    public void A_session_that_is_served_in_time_keeps_its_interval_to_the_tick()
    {
        var time = new FakeTimeProvider();
        var phase = default(IntervalPhase);
        var interval = TimeSpan.FromSeconds(1);
        phase.Sent(time.GetTimestamp());
        time.Advance(phase.Wait(time.GetTimestamp(), interval, time) + TimeSpan.FromMilliseconds(2)); // The worker was busy for a moment.
        phase.Sent(time.GetTimestamp());

        Assert.Equal(TimeSpan.FromMilliseconds(998), phase.Wait(time.GetTimestamp(), interval, time));
    }

    [Fact]
    public void A_new_interval_counts_from_the_last_message()
    {
        var time = new FakeTimeProvider();
        var phase = default(IntervalPhase);
        phase.Sent(time.GetTimestamp());
        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(TimeSpan.FromMilliseconds(50), phase.Wait(time.GetTimestamp(), TimeSpan.FromMilliseconds(100), time));
        Assert.InRange(phase.Wait(time.GetTimestamp(), TimeSpan.FromMinutes(1), time), TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(68));
    }
}
