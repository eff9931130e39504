using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices;

/// <summary>
/// A task that runs on the thread pool, never on a grain's scheduler. An exception that ends it is logged. Disposal stops it, and waits for
/// at most <see cref="StopTimeout"/>.
/// </summary>
internal sealed partial class BackgroundWork(string name, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _hasFaulted;

    /// <summary>Whether an exception has ended the work.</summary>
    public bool HasFaulted => Volatile.Read(ref _hasFaulted);

    /// <summary>Starts the work. May be called once.</summary>
    public void Start(Func<CancellationToken, Task> work)
    {
        var stop = _stop.Token;
        _running = Task.Run(() => ObserveAsync(work, stop), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
        }

        try
        {
            await _running.WaitAsync(StopTimeout, time);
            _stop.Dispose();
        }
        catch (TimeoutException)
        {
            LogLeftRunning(name, StopTimeout);
        }
    }

    private async Task ObserveAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Nobody awaits this task, so whatever ends it must be logged here.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _hasFaulted, true);
            LogFaulted(fault, name);
        }
    }

    [LoggerMessage(2000, LogLevel.Error, "{Work} ended on a fault; prices stay as they are until the ticker starts again")]
    private partial void LogFaulted(Exception fault, string work);

    [LoggerMessage(2001, LogLevel.Warning, "{Work} did not stop within {Timeout} and was left to itself")]
    private partial void LogLeftRunning(string work, TimeSpan timeout);
}
