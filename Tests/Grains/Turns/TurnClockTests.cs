using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Grains.Turns;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Turns;

public sealed class TurnClockTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentExclusiveSchedulerPair _grain = new();

    [Fact]
    public async Task Turns_come_one_after_the_other_on_the_scheduler_that_started_them()
    {
        var turns = 0;
        var schedulers = new ConcurrentDictionary<TaskScheduler, int>();
        var clock = await StartAsync(Interval, () =>
        {
            schedulers[TaskScheduler.Current] = 0;
            Interlocked.Increment(ref turns);
        });

        await Eventually.TrueAsync(() => Volatile.Read(ref turns) >= 100, "100 turns");
        await OnGrainAsync(clock.Stop);

        Assert.Equal(_grain.ExclusiveScheduler, Assert.Single(schedulers.Keys));
    }

    [Fact]
    public async Task The_first_turn_does_not_wait()
    {
        var first = new TaskCompletionSource();
        var clock = await StartAsync(TimeSpan.FromDays(1), () => first.TrySetResult());

        await first.Task.WithinTimeoutAsync("the first turn");
        await OnGrainAsync(clock.Stop);
    }

    [Fact]
    public async Task However_long_a_turn_takes_only_one_is_in_progress_and_none_is_queued_meanwhile()
    {
        var (turns, release) = (0, new ManualResetEventSlim());
        var clock = await StartAsync(Interval, () =>
        {
            Interlocked.Increment(ref turns);
            release.Wait(Stop);
        });
        await Eventually.TrueAsync(() => Volatile.Read(ref turns) == 1, "a turn");
        await Task.Delay(20 * Interval, TimeProvider.System, Stop);
        var queued = OnGrainAsync(clock.Stop); // After all turns that are queued by now.
        release.Set();
        await queued.WithinTimeoutAsync();
        await OnGrainAsync(() => { });

        Assert.Equal(1, turns); // Twenty were due.
    }

    [Fact]
    public async Task Once_the_grain_has_stopped_it_there_is_no_turn()
    {
        for (var round = 0; round < 50; round++)
        {
            var turns = 0;
            var clock = await StartAsync(Interval, () => Interlocked.Increment(ref turns));
            await Eventually.TrueAsync(() => Volatile.Read(ref turns) > 0, "a turn");
            var last = 0;
            await OnGrainAsync(() =>
            {
                Thread.SpinWait(100_000); // Another turn becomes due meanwhile, and is queued behind this.
                clock.Stop();
                last = turns;
            });

            await OnGrainAsync(() => { }); // After whatever was queued before.
            Assert.Equal(last, turns);
        }
    }

    [Fact]
    public async Task A_turn_that_fails_is_logged_and_the_next_one_comes()
    {
        var turns = 0;
        using var log = new LogRecorder();
        var clock = await StartAsync(Interval, () => throw new InvalidOperationException($"turn {Interlocked.Increment(ref turns)}"), log);

        await Eventually.TrueAsync(() => Volatile.Read(ref turns) > 1, "a second turn");
        await OnGrainAsync(clock.Stop);
        Assert.Contains("turn 1", log.Text, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<TurnClock> StartAsync(TimeSpan interval, Action turn, ILogger? logger = null)
    {
        TurnClock? clock = null;
        await OnGrainAsync(() => clock = new TurnClock("Test", new TurnSchedule(interval, TimeProvider.System), turn, logger ?? NullLogger.Instance));
        return clock!;
    }

    private Task OnGrainAsync(Action action) => Task.Factory.StartNew(action, Stop, TaskCreationOptions.None, _grain.ExclusiveScheduler);
}
