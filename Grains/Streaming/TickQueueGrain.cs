using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;
using Orleans.Placement;
using Orleans.Runtime;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// Gives a <see cref="TickQueue"/> its one place in the cluster. It lives where the ticker lives, because the ticker's first call
/// activates it, and stays until its silo goes, for on that silo nobody calls it any more (<see cref="LocalTickQueues"/>).
/// </summary>
/// <remarks><see cref="ReadAsync"/> interleaves because it waits for the very calls that it would otherwise block.</remarks>
[PreferLocalPlacement, KeepAlive]
internal sealed class TickQueueGrain(LocalTickQueues local, TimeProvider time) : Grain, ITickQueueGrain
{
    /// <summary>How long a reader waits for a tick before it is told that there is none.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly TickQueue _queue = new(time);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        local.Announce(this.GetPrimaryKeyString(), _queue);
        this.RegisterGrainTimer(NudgeAsync, LongestWait, LongestWait);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        local.Withdraw(this.GetPrimaryKeyString(), _queue);
        return Task.CompletedTask;
    }

    public Task EnqueueAsync(StreamId streamId, Tick tick)
    {
        _queue.Append(streamId, tick);
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<TickContainer>> ReadAsync(long? after, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _queue.ReadAsync(after, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    // One timer for all reads on this silo, instead of one for each.
    private Task NudgeAsync()
    {
        _queue.Nudge();
        return Task.CompletedTask;
    }
}
