namespace OrleansTicker.LoadTest.Api;

/// <summary>
/// The system's time with timers that fire within a fraction of a millisecond. The system's own are up to 5 ms late on a machine that has little to do,
/// which a measurement would take for the server's time. While a timer is due within milliseconds, a thread looks for it all the time. Timers fire
/// once, on the thread pool.
/// </summary>
internal sealed class PromptTime : TimeProvider, IDisposable
{
    /// <summary>How long before a timer is due the system's waits are trusted no more.</summary>
    private const int CloseMs = 10;

    private readonly PriorityQueue<Timer, long> _timers = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly Thread _thread;
    private volatile bool _isDisposed;

    public PromptTime()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Prompt timers" };
        _thread.Start();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends the thread. Timers that are not due yet never fire.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _changed.Set();
        _thread.Join();
        _changed.Dispose();
    }

    private void Run()
    {
        while (!_isDisposed)
        {
            switch (FireFirst()?.TotalMilliseconds)
            {
                case null: _changed.WaitOne(); break;
                case >= CloseMs and var early: _changed.WaitOne((int)early - CloseMs + 1); break;
                case >= 1: _changed.WaitOne(1); break;
                default: Thread.Yield(); break;
            }
        }
    }

    /// <summary>Fires the first timer if it is due.</summary>
    /// <returns>How early it is; null if there is none.</returns>
    private TimeSpan? FireFirst()
    {
        lock (_timers)
        {
            if (!_timers.TryPeek(out var timer, out var at))
            {
                return null;
            }

            var early = GetElapsedTime(GetTimestamp(), at);
            if (early <= TimeSpan.Zero)
            {
                _timers.Dequeue();
                ThreadPool.UnsafeQueueUserWorkItem(static fire => fire(), timer.Fire, preferLocal: false);
            }

            return early;
        }
    }

    private sealed class Timer(PromptTime time, Action fire) : ITimer
    {
        public Action Fire => fire;

        /// <exception cref="NotSupportedException">It is to fire again and again.</exception>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                throw new NotSupportedException("These timers fire once.");
            }

            lock (time._timers)
            {
                time._timers.Remove(this, out _, out _);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time._timers.Enqueue(this, time.GetTimestamp() + (long)(dueTime.TotalSeconds * time.TimestampFrequency));
                }
            }

            time._changed.Set();
            return true;
        }

        public void Dispose()
        {
            lock (time._timers)
            {
                time._timers.Remove(this, out _, out _);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
