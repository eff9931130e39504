using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Placement;
using Orleans.Runtime;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// Keeps the newest ticks and hands them to readers that wait, so that delivery follows publication at once and an idle
/// market costs nothing. Reading removes nothing: a reader that moves to another silo goes on where it wants.
/// </summary>
/// <remarks>
/// It lives where the ticker lives, because the ticker's first call activates it: a publication then crosses no network.
/// <see cref="ReadAsync"/> interleaves because it waits for the very calls that it would otherwise block.
/// </remarks>
[PreferLocalPlacement]
internal sealed class TickQueueGrain(TimeProvider time) : Grain, ITickQueueGrain
{
    /// <summary>How long a reader waits for a tick before it is told that there is none.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How many ticks are kept: most of a second at the default rate. Who is further behind asks for the market instead.</summary>
    internal const int Capacity = 64;

    private readonly Queue<TickContainer> _ticks = new(Capacity);
    private long _newest = time.GetUtcNow().UtcTicks; // Positions grow over activations, as long as clocks roughly agree.
    private TaskCompletionSource _arrival = NewArrival();

    public Task EnqueueAsync(StreamId streamId, Tick tick)
    {
        if (_ticks.Count == Capacity)
        {
            _ticks.Dequeue();
        }

        _ticks.Enqueue(new TickContainer(streamId, ++_newest, tick));
        var arrived = _arrival;
        _arrival = NewArrival();
        arrived.SetResult();
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<TickContainer>> ReadAsync(long? after, CancellationToken cancellationToken)
    {
        // A position from the future is one of an earlier life on a machine whose clock runs ahead: wait for what comes next.
        var position = after is { } known && known <= _newest ? known : _newest;
        if (position == _newest)
        {
            try
            {
                await _arrival.Task.WaitAsync(LongestWait, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return [];
            }
        }

        return [.. _ticks.Where(tick => tick.Position > position)];
    }

    // Continuations run as turns of their own, not inside the publisher's.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
