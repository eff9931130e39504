using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Runtime;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The newest ticks, for readers that wait for the next one. Reading removes nothing: a reader that moves to another silo goes
/// on where it wants. Any thread may call it.
/// </summary>
/// <remarks>Readers are grains: the publisher wakes their schedulers and runs none of their code, so a detour by the thread pool is spared.</remarks>
internal sealed class TickQueue(TimeProvider time)
{
    /// <summary>How many ticks are kept: most of a second at the default rate. Who is further behind asks for the market instead.</summary>
    internal const int Capacity = 64;

    private readonly Lock _moving = new();
    private readonly Queue<TickContainer> _ticks = new(Capacity);
    private long _newest = time.GetUtcNow().UtcTicks; // Positions grow over the lives of a queue, as long as clocks roughly agree.
    private TaskCompletionSource _arrival = new();
    private long _newestAtNudge;

    /// <summary>Appends a tick and wakes whoever waits for it.</summary>
    public void Append(StreamId streamId, Tick tick)
    {
        TaskCompletionSource arrived;
        lock (_moving)
        {
            if (_ticks.Count == Capacity)
            {
                _ticks.Dequeue();
            }

            _ticks.Enqueue(new TickContainer(streamId, ++_newest, tick));
            arrived = _arrival;
            _arrival = new TaskCompletionSource();
        }

        arrived.TrySetResult();
    }

    /// <summary>The ticks after a position, as soon as there is one; none after a <see cref="Nudge"/>, or once the queue has ended.</summary>
    /// <param name="after">The last position read; null to wait for the next tick.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImmutableArray<TickContainer>> ReadAsync(long? after, CancellationToken cancellationToken)
    {
        Task arrival;
        long position;
        lock (_moving)
        {
            // A position from the future is one of an earlier life on a machine whose clock runs ahead: wait for what comes next.
            position = after is { } known && known <= _newest ? known : _newest;
            arrival = position == _newest ? _arrival.Task : Task.CompletedTask;
        }

        await arrival.WaitAsync(cancellationToken);
        lock (_moving)
        {
            return [.. _ticks.Where(tick => tick.Position > position)];
        }
    }

    /// <summary>Sends the readers that wait away with nothing, where no tick has come since the last nudge.</summary>
    public void Nudge()
    {
        lock (_moving)
        {
            if (_newestAtNudge == _newest)
            {
                _arrival.TrySetResult();
                _arrival = new TaskCompletionSource();
            }

            _newestAtNudge = _newest;
        }
    }

    /// <summary>Sends the readers that wait away with nothing: the queue goes on elsewhere, if at all.</summary>
    public void End()
    {
        lock (_moving)
        {
            _arrival.TrySetResult();
        }
    }
}
