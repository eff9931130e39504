using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>
/// Reads ticks from the queue in this process if the ticker is active here, else by calling the ticker. A call keeps no list of readers, so a
/// dead reader delays no other. Not thread-safe.
/// </summary>
internal sealed class TickReader(IGrainFactory grains, LocalTicks local, TimeProvider time) : ITickReader
{
    private TickPosition? _position;
    private (TickQueue Queue, long Newest)? _silent;

    public async Task<bool> FollowAsync(Func<Tick, bool> take, CancellationToken cancellationToken)
    {
        // A silent local queue may have been replaced by one elsewhere, which only a call can find.
        if (local.Queue is not { } queue || _silent == (queue, queue.Newest))
        {
            return true;
        }

        var follower = queue.Follow(_position, take);
        try
        {
            var hasTakenAll = await EndAsync(follower, cancellationToken);
            _silent = hasTakenAll ? (queue, follower.Position.Number) : null;
            return hasTakenAll;
        }
        finally
        {
            follower.Dispose();
            _position = follower.Position;
        }
    }

    public async Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = grains.GetGrain<ITickerGrain>(ITickerGrain.Key).ReadTicksAsync(_position);
        try
        {
            var batch = await reading.WaitAsync(ITickerGrain.ReadTimeout, time, cancellationToken);
            _position = batch.Position;
            return batch.Ticks;
        }
        catch
        {
            reading.Ignore(); // The next call reads from the same position.
            throw;
        }
    }

    /// <summary>Waits until a follower ends, or hears nothing any more.</summary>
    /// <returns>False if it has refused a tick.</returns>
    private async Task<bool> EndAsync(TickFollower follower, CancellationToken cancellationToken)
    {
        var heard = default(TickPosition);
        while (follower.Position is var position && position != heard)
        {
            heard = position;
            try
            {
                return await follower.End.WaitAsync(ITickerGrain.ReadTimeout, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // It may have heard ticks meanwhile. One timer for many ticks costs less than one for each.
            }
        }

        return true;
    }
}
