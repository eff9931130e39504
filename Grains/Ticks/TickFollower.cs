using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>A reader that is given each tick by the turn that publishes it, until it refuses one, fails, or leaves. Thread-safe.</summary>
internal sealed class TickFollower : IDisposable
{
    private readonly TickQueue _queue;
    private readonly Func<Tick, bool> _take;
    private readonly Lock _taking = new();
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TickPosition _position;

    /// <param name="queue">Has the ticks.</param>
    /// <param name="after">The position of the last tick that was read.</param>
    /// <param name="take">Takes a tick quickly, since the ticker waits; false if it can't, after which it is given no more.</param>
    public TickFollower(TickQueue queue, TickPosition after, Func<Tick, bool> take) => (_queue, _position, _take) = (queue, after, take);

    /// <summary>The position of the last tick that was taken or refused.</summary>
    public TickPosition Position
    {
        get
        {
            lock (_taking)
            {
                return _position;
            }
        }
    }

    /// <summary>
    /// Completes when no more ticks are taken: with false if one was refused; with true if there are no more, or the reader has left; or with
    /// what the reader threw.
    /// </summary>
    public Task<bool> End => _end.Task;

    /// <summary>Takes the ticks that have been published since. Called by the queue.</summary>
    public void CatchUp()
    {
        lock (_taking)
        {
            try
            {
                while (!_end.Task.IsCompleted && _queue.TryFind(_position, out var tick, out var next))
                {
                    _position = next;
                    if (!_take(tick))
                    {
                        Leave(false);
                    }
                }
            }
            catch (Exception e)
            {
                _queue.Remove(this);
                _end.TrySetException(e);
            }
        }
    }

    /// <summary>Ends, since the reader leaves or there are no more ticks here. No tick is taken afterwards.</summary>
    public void Dispose() => Leave(true);

    private void Leave(bool hasTakenAll)
    {
        lock (_taking)
        {
            _queue.Remove(this);
            _end.TrySetResult(hasTakenAll);
        }
    }
}
