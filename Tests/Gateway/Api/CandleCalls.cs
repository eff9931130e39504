using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Api;

/// <summary>Stands between the gateway and the shards of candles: it answers for them, makes calls fail, or holds them up.</summary>
internal sealed class CandleCalls : IIncomingGrainCallFilter
{
    private int _reading;

    /// <summary>The last 24 hours that a shard tells; null for what it says itself.</summary>
    public Func<int, ImmutableArray<SymbolDay>>? Days { get; set; }

    /// <summary>The candles that reading finds, all of them closed, whatever the symbol and the interval; null for what the shard has.</summary>
    public ImmutableArray<Candle>? Candles { get; set; }

    /// <summary>What reading throws; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>After how many reads reading fails; never by default.</summary>
    public int FailsAfter { get; set; } = int.MaxValue;

    /// <summary>A task that reading waits for.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>How many reads have begun.</summary>
    public int Reads => Volatile.Read(ref _reading);

    public void Install(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(ICandleGrain))
        {
            await context.Invoke();
            return;
        }

        switch (context.InterfaceMethod.Name)
        {
            case nameof(ICandleGrain.GetDaysAsync) when Days is { } days:
                context.Result = days((int)context.TargetId.GetIntegerKey());
                return;
            case nameof(ICandleGrain.ReadAsync):
                var number = Interlocked.Increment(ref _reading);
                await Reading;
                if (Failure is { } failure)
                {
                    throw failure;
                }

                if (number > FailsAfter)
                {
                    throw new HistoryUnavailableException("as the test says");
                }

                if (Candles is { } candles)
                {
                    context.Result = PageOf(candles, (CandleQuery)context.Request.GetArgument(0)!);
                    return;
                }

                break;
        }

        await context.Invoke();
    }

    private static CandlePage PageOf(ImmutableArray<Candle> candles, CandleQuery query)
    {
        var found = candles.Where(candle => !(candle.OpenTime < query.From) && !(candle.OpenTime >= query.To)).ToList();
        var page = query.From is null ? found.TakeLast(query.Limit) : found.Take(query.Limit);
        return new CandlePage(default, DateTimeOffset.MaxValue, [.. page], found.Count > query.Limit, []);
    }
}
