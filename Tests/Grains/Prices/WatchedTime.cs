using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>A clock that stands until it is moved, and tells which timers were made: the barrier to wait for before moving it.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>How far the clock on the wall has been set since the start. Spans and timers do not follow it, as on a real machine.</summary>
    public TimeSpan Step { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the next timer that is due after anything but the time given.</summary>
    public async Task<TimeSpan> NextTimerAsync(TimeSpan except = default)
    {
        while (true)
        {
            var due = await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();
            if (due != except)
            {
                return due;
            }
        }
    }

    /// <summary>Waits for a timer that is due after this time.</summary>
    public Task TimerOfAsync(TimeSpan due) => TimerOfAsync(due, due);

    /// <summary>Waits for a timer that is due after a time between these.</summary>
    public async Task<TimeSpan> TimerOfAsync(TimeSpan min, TimeSpan max)
    {
        while (true)
        {
            var due = await NextTimerAsync();
            if (due >= min && due <= max)
            {
                return due;
            }
        }
    }
}
