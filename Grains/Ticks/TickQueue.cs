using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>
/// The newest ticks of one activation of the ticker, for any number of readers. It does not know those that wait for the next tick, so a slow
/// or dead one affects nobody. Followers, which are in this process, are given each tick by the turn that publishes it: a thread that is
/// woken for each tick would take a fifth of what an idle ticker costs (docs/performance.md). Thread-safe.
/// </summary>
/// <param name="epoch">The epoch of the ticker.</param>
internal sealed class TickQueue(long epoch)
{
    /// <summary>How many ticks are kept: most of a second at the default rate. A reader that is further behind requests the market instead.</summary>
    internal const int Capacity = 64;

    private readonly Lock _moving = new();
    private readonly Tick[] _ticks = new Tick[Capacity]; // Each at its number modulo the capacity.
    private TaskCompletionSource _arrival = NewArrival();
    private ImmutableArray<TickFollower> _followers = [];
    private long _newest;
    private bool _hasEnded;

    /// <summary>The number of the newest tick.</summary>
    public long Newest
    {
        get
        {
            lock (_moving)
            {
                return _newest;
            }
        }
    }

    /// <summary>Appends a tick, wakes the readers that wait for it and gives it to the followers.</summary>
    public void Append(Tick tick)
    {
        TaskCompletionSource arrived;
        ImmutableArray<TickFollower> followers;
        lock (_moving)
        {
            _newest++;
            _ticks[_newest % Capacity] = tick;
            arrived = _arrival;
            _arrival = NewArrival();
            followers = _followers;
        }

        arrived.TrySetResult(); // First those that go on by themselves.
        foreach (var follower in followers)
        {
            follower.CatchUp();
        }
    }

    /// <summary>Gives a reader all ticks after a position, in order, until it refuses one or the queue ends.</summary>
    /// <param name="after">The position of the last tick that was read; null, or a position in another epoch, to begin with the next tick.</param>
    /// <param name="take">See <see cref="TickFollower"/>.</param>
    public TickFollower Follow(TickPosition? after, Func<Tick, bool> take)
    {
        TickFollower follower;
        bool hasEnded;
        lock (_moving)
        {
            follower = new TickFollower(this, new TickPosition(epoch, NumberOf(after)), take);
            hasEnded = _hasEnded;
            _followers = _followers.Add(follower);
        }

        follower.CatchUp();
        if (hasEnded)
        {
            follower.Dispose();
        }

        return follower;
    }

    /// <summary>Finds the tick after a position of this epoch: if it is no longer kept, the oldest one that is.</summary>
    public bool TryFind(TickPosition after, [NotNullWhen(true)] out Tick? tick, out TickPosition position)
    {
        lock (_moving)
        {
            var number = FirstAfter(after.Number);
            tick = number > _newest ? null : _ticks[number % Capacity];
            position = new TickPosition(epoch, number);
            return tick is not null;
        }
    }

    /// <summary>Gives a follower no more ticks.</summary>
    public void Remove(TickFollower follower)
    {
        lock (_moving)
        {
            _followers = _followers.Remove(follower);
        }
    }

    /// <summary>Gives no follower any more ticks.</summary>
    public void ReleaseFollowers()
    {
        ImmutableArray<TickFollower> followers;
        lock (_moving)
        {
            followers = _followers;
        }

        foreach (var follower in followers)
        {
            follower.Dispose();
        }
    }

    /// <summary>Waits for the ticks after a position. Returns none once the queue has ended.</summary>
    /// <param name="after">The position of the last tick that was read; null, or a position in another epoch, to wait for the next tick.</param>
    public async Task<TickBatch> ReadAsync(TickPosition? after)
    {
        Task arrival;
        long number;
        lock (_moving)
        {
            number = NumberOf(after);
            arrival = number < _newest || _hasEnded ? Task.CompletedTask : _arrival.Task;
        }

        await arrival;
        lock (_moving)
        {
            var ticks = ImmutableArray.CreateBuilder<Tick>();
            for (var next = FirstAfter(number); next <= _newest; next++)
            {
                ticks.Add(_ticks[next % Capacity]);
            }

            return new TickBatch(new TickPosition(epoch, _newest), ticks.DrainToImmutable());
        }
    }

    /// <summary>Ends the queue and releases the readers that wait.</summary>
    public void End()
    {
        lock (_moving)
        {
            _hasEnded = true;
        }

        ReleaseFollowers();
        _arrival.TrySetResult();
    }

    /// <summary>The number of the tick after another one that is still kept.</summary>
    private long FirstAfter(long number) => Math.Max(number, _newest - Capacity) + 1;

    private long NumberOf(TickPosition? after) => after is { } known && known.Epoch == epoch ? known.Number : _newest;

    // Readers that wait continue on other threads, never inside the turn that wakes them.
    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
