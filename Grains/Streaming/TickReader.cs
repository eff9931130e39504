using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// Reads the ticker's queue by waiting for the next tick: in memory where the ticker lives in this process, else by a call to it. Nobody
/// keeps a list of readers, so none has to be found dead before the others are served. For one caller at a time.
/// </summary>
internal sealed class TickReader(IGrainFactory grains, LocalTicks local, TimeProvider time) : ITickReader
{
    private TickPosition? _position;
    private bool _isLocalSilent;

    public async Task<ImmutableArray<Tick>> ReadAsync(CancellationToken cancellationToken)
    {
        // A queue here that says nothing may have been succeeded by one elsewhere: only a call finds the right one.
        var here = _isLocalSilent ? null : local.Queue;
        _isLocalSilent = here is not null;
        var reading = here?.ReadAsync(_position) ?? grains.GetGrain<ITickerGrain>(ITickerGrain.Key).ReadTicksAsync(_position);
        try
        {
            var batch = await reading.WaitAsync(ITickerGrain.LongestRead, time, cancellationToken);
            _isLocalSilent = here is not null && batch.Ticks.IsEmpty;
            _position = batch.Position;
            return batch.Ticks;
        }
        catch
        {
            reading.Ignore(); // Whatever becomes of it: the next one asks for the same.
            throw;
        }
    }
}
