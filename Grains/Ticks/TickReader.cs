using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Ticks;

/// <summary>
/// Reads ticks from the queue in this process if the ticker is active here, else by calling the ticker. Nothing keeps a list of readers,
/// so a dead reader delays no other. Not thread-safe.
/// </summary>
internal sealed class TickReader(IGrainFactory grains, LocalTicks local, TimeProvider time) : ITickReader
{
    private TickPosition? _position;
    private bool _isLocalSilent;

    public async Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken)
    {
        // A silent local queue may have been replaced by one elsewhere, which only a call can find.
        var queue = _isLocalSilent ? null : local.Queue;
        _isLocalSilent = queue is not null;
        var reading = queue?.ReadAsync(_position) ?? grains.GetGrain<ITickerGrain>(ITickerGrain.Key).ReadTicksAsync(_position);
        try
        {
            var batch = await reading.WaitAsync(ITickerGrain.ReadTimeout, time, cancellationToken);
            _isLocalSilent = queue is not null && batch.Ticks.IsEmpty;
            _position = batch.Position;
            return batch.Ticks;
        }
        catch
        {
            reading.Ignore(); // The next call reads from the same position.
            throw;
        }
    }
}
