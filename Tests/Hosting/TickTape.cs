using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Reads the ticks of a gateway's ticker, independently of the gateway.</summary>
internal sealed class TickTape(GatewayHost gateway)
{
    private readonly ITickReader _reader = gateway.Services.GetRequiredService<ITickReader>();
    private readonly Queue<Tick> _read = new();

    /// <summary>Waits for the next matching tick.</summary>
    public async Task<Tick> TakeAsync(Func<Tick, bool> isWanted)
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
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
                foreach (var tick in await _reader.ReadAsync(timeout.Token))
                {
                    _read.Enqueue(tick);
                }
            }
            catch (TimeoutException)
            {
                // On a busy machine, a tick may take longer than the timeout. Like the gateway, this tries again.
            }
        }
    }
}
