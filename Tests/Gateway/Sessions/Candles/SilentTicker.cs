using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Sessions.Candles;

/// <summary>Lets no batch of the gateway's own ticker reach a shard, and tells it that all are stored.</summary>
internal sealed class SilentTicker : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.Name != nameof(ICandleGrain.AppendAsync)
            || context.Request.GetArgument(0) is not ImmutableArray<CandleBatch> batches
            || batches[^1].At.Epoch == CandleTape.Epoch)
        {
            return context.Invoke();
        }

        context.Result = new CandleReceipt(batches[^1].At, batches[^1].At);
        return Task.CompletedTask;
    }
}
