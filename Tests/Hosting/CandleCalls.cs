using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Observes the batches that shards are sent, and does what the test says before they take them.</summary>
internal sealed class CandleCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<(int Shard, CandleBatch Batch)> _sent = new();

    /// <summary>What happens before a call; nothing by default.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The batches of all calls, repeated ones included.</summary>
    public IReadOnlyList<(int Shard, CandleBatch Batch)> Sent => [.. _sent];

    /// <summary>The newest version of each candle that was sent, in the order of symbols and times.</summary>
    public IEnumerable<(string Symbol, Candle Candle)> Candles => Sent
        .SelectMany(sent => sent.Batch.Seconds)
        .GroupBy(second => (second.Symbol, second.Candle.OpenTime))
        .OrderBy(versions => versions.Key)
        .Select(versions => (versions.Key.Symbol, versions.MaxBy(version => version.Candle.ChangedAt).Candle));

    public void Install(IServiceCollection services) => services.AddSingleton<IIncomingGrainCallFilter>(this);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(ICandleGrain) && context.InterfaceMethod.Name == nameof(ICandleGrain.AppendAsync))
        {
            var shard = (int)context.TargetId.GetIntegerKey();
            foreach (var batch in (ImmutableArray<CandleBatch>)context.Request.GetArgument(0)!)
            {
                _sent.Enqueue((shard, batch));
            }

            await Before();
        }

        await context.Invoke();
    }
}
