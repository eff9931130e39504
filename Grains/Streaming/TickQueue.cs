using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The newest ticks of one life of the ticker, for any number of readers that wait for the next one. It knows nothing of its readers: one that
/// is slow, or is gone, costs the others nothing. Any thread may call it.
/// </summary>
/// <param name="epoch">The life of the ticker.</param>
internal sealed class TickQueue(long epoch)
{
    /// <summary>How many ticks are kept: most of a second at the default rate. Who is further behind asks for the market instead.</summary>
    internal const int Capacity = 64;

    private readonly Lock _moving = new();
    private readonly Queue<Tick> _ticks = new(Capacity);
    private TaskCompletionSource _arrival = NewArrival();
    private long _newest;
    private bool _hasEnded;

    /// <summary>Appends a tick and wakes whoever waits for it.</summary>
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

    /// <summary>The ticks after a position, as soon as there is one; none once the queue has ended.</summary>
    /// <param name="after">Up to where the reader has read; null, or a position in another life, to wait for the next tick.</param>
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

    /// <summary>Sends the readers that wait away with nothing: the ticker goes on elsewhere, if at all.</summary>
    public void End()
    {
        lock (_moving)
        {
            _hasEnded = true;
        }

        _arrival.TrySetResult();
    }

    // Readers run on threads of their own, never inside the turn of the ticker that wakes them.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
