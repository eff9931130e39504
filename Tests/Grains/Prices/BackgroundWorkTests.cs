using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices;

public sealed class BackgroundWorkTests : IDisposable
{
    private readonly WatchedTime _time = new();
    private readonly SeenLogs _logs = new();

    [Fact]
    public async Task A_fault_is_logged_and_disposal_does_not_throw_it()
    {
        await using var work = new BackgroundWork("The work", _time, _logs);
        work.Start(_ => throw new InvalidOperationException("broken"));

        await _logs.WaitForAsync(2000);
        Assert.Contains("The work", Assert.Single(_logs.Of(2000, LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_waits_no_longer_than_its_timeout_for_work_that_does_not_stop()
    {
        var forever = new TaskCompletionSource();
        var work = new BackgroundWork("The work", _time, _logs);
        work.Start(_ => forever.Task);

        var disposal = work.DisposeAsync().AsTask();
        _time.Advance(await _time.NextTimerAsync());
        await disposal.WithinTimeoutAsync();

        Assert.Single(_logs.Of(2001));
        forever.SetResult();
    }

    [Fact]
    public async Task It_may_be_disposed_twice_or_without_a_start()
    {
        var work = new BackgroundWork("The work", _time, _logs);
        await work.DisposeAsync();
        await work.DisposeAsync();
    }

    [Fact]
    public async Task It_does_not_run_on_the_scheduler_of_the_one_who_starts_it()
    {
        var scheduler = new TaskCompletionSource<TaskScheduler>();
        await using var work = new BackgroundWork("The work", _time, _logs);
        var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        await Task.Factory.StartNew(
            () => work.Start(_ =>
            {
                scheduler.SetResult(TaskScheduler.Current);
                return Task.CompletedTask;
            }),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            exclusive);

        Assert.Same(TaskScheduler.Default, await scheduler.Task.WithinTimeoutAsync());
    }

    public void Dispose() => _logs.Dispose();
}
