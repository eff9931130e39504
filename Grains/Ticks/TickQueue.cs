using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>
/// The newest ticks of one activation of the ticker, for any number of readers that wait for the next one. It does not know its readers, so
/// a slow or dead one does not affect the others. Thread-safe.
/// </summary>
/// <param name="epoch">The epoch of the ticker.</param>
internal sealed class TickQueue(long epoch)
{
    /// <summary>How many ticks are kept: most of a second at the default rate. A reader that is further behind requests the market instead.</summary>
    internal const int Capacity = 64;

    private readonly Lock _moving = new();
    private readonly Queue<Tick> _ticks = new(Capacity);
    private TaskCompletionSource _arrival = NewArrival();
    private long _newest;
    private bool _hasEnded;

    /// <summary>Appends a tick and wakes the readers that wait for it.</summary>
    public void Append(Tick tick)
    {
        TaskCompletionSource arrived;
        lock (_moving)
        {
            if (_ticks.Count == Capacity)
            {
                _ticks.Dequeue();
            }

            _ticks.Enqueue(tick);
            _newest++;
            arrived = _arrival;
            _arrival = NewArrival();
        }

        arrived.TrySetResult();
    }

    /// <summary>Waits for the ticks after a position. Returns none once the queue has ended.</summary>
    /// <param name="after">The position of the last tick that was read; null, or a position in another epoch, to wait for the next tick.</param>
    public async Task<TickBatch> ReadAsync(TickPosition? after)
    {
        Task arrival;
        long number;
        lock (_moving)
        {
            number = after is { } known && known.Epoch == epoch ? known.Number : _newest;
            arrival = number < _newest || _hasEnded ? Task.CompletedTask : _arrival.Task;
        }

        await arrival;
        lock (_moving)
        {
            return new TickBatch(new TickPosition(epoch, _newest), [.. _ticks.TakeLast((int)Math.Min(_newest - number, Capacity))]);
        }
    }

    /// <summary>Ends the queue and releases the readers that wait.</summary>
    public void End()
    {
        lock (_moving)
        {
            _hasEnded = true;
        }

        _arrival.TrySetResult();
    }

    // Readers continue on other threads, never inside the turn that wakes them.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
