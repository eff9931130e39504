using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Turns;

/// <summary>
/// Runs a grain's turns when they are due: one at a time, on the grain's scheduler, between its requests. It waits on a thread of its own,
/// since a timer of the runtime wakes the thread of all timers almost four times for each turn (docs/performance.md).
/// </summary>
internal sealed partial class TurnClock
{
    private readonly TurnSchedule _schedule;
    private readonly Action _turn;
    private readonly TaskScheduler _grain = TaskScheduler.Current;
    private readonly ILogger _logger;
    private readonly string _name;
    private readonly object _signal = new();
    private bool _isTurning;
    private bool _isLate; // The next turn is due, and waits for the one before.
    private bool _hasStopped;

    /// <summary>Starts the turns. Call it from the grain.</summary>
    /// <param name="name">Whose turns they are, for people who look at threads.</param>
    /// <param name="schedule">When turns are due. The first is due at once.</param>
    /// <param name="turn">One turn. If it throws, that is logged, and the next one comes all the same.</param>
    /// <param name="logger">The logger.</param>
    public TurnClock(string name, TurnSchedule schedule, Action turn, ILogger logger)
    {
        (_name, _schedule, _turn, _logger) = (name, schedule, turn, logger);
        new Thread(Loop) { Name = name, IsBackground = true }.UnsafeStart(); // Turns belong to no request.
    }

    /// <summary>Stops. If the grain calls it, no turn runs afterwards.</summary>
    public void Stop()
    {
        lock (_signal)
        {
            _hasStopped = true;
            Monitor.Pulse(_signal);
        }
    }

    private void Loop()
    {
        lock (_signal)
        {
            while (!_hasStopped)
            {
                _isTurning = true;
                Task.Factory.StartNew(Turn, CancellationToken.None, TaskCreationOptions.None, _grain);
                Monitor.Wait(_signal, Milliseconds(_schedule.Next()));
                _isLate = true;
                while (_isTurning && !_hasStopped)
                {
                    Monitor.Wait(_signal);
                }

                _isLate = false;
            }
        }
    }

    private void Turn()
    {
        if (Volatile.Read(ref _hasStopped))
        {
            return;
        }

        try
        {
            _turn();
        }
        catch (Exception e)
        {
            LogFailed(_name, e);
        }
        finally
        {
            lock (_signal)
            {
                _isTurning = false;
                if (_isLate)
                {
                    Monitor.Pulse(_signal);
                }
            }
        }
    }

    /// <summary>Rounded up: a turn that is early finds nothing new.</summary>
    private static int Milliseconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalMilliseconds);

    [LoggerMessage(1006, LogLevel.Error, "A turn of the {Name} failed; the next one comes all the same")]
    private partial void LogFailed(string name, Exception e);
}
