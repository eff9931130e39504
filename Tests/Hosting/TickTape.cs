using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What the ticker of a gateway publishes, tick by tick, read beside the gateway.</summary>
internal sealed class TickTape(GatewayHost gateway)
{
    private readonly ITickReader _reader = gateway.Services.GetRequiredService<ITickReader>();
    private readonly Queue<Tick> _read = new();

    /// <summary>The next tick that is wanted.</summary>
    public async Task<Tick> TakeAsync(Func<Tick, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        while (true)
        {
            while (_read.TryDequeue(out var tick))
            {
                if (isWanted(tick))
                {
                    return tick;
                }
            }

            try
            {
                foreach (var tick in await _reader.ReadAsync(patience.Token))
                {
                    _read.Enqueue(tick);
                }
            }
            catch (TimeoutException)
            {
                // Its deadline is short, and on a busy machine a tick may take longer. It is read again, as by the gateway.
            }
        }
    }
}
