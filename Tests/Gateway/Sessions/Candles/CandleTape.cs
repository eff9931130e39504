using System.Collections.Immutable;
using Orleans.Core.Internal;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.Candles;

/// <summary>
/// Sends the seconds that the test says to the shard of one symbol, in place of the ticker. Times are seconds after <see cref="Start"/>.
/// </summary>
internal sealed class CandleTape(IGrainFactory grains, string symbol)
{
    /// <summary>When the market of the tests begins: with a minute.</summary>
    public const long Start = 1_795_510_140;

    /// <summary>The life of this ticker.</summary>
    public const long Epoch = 7;

    private readonly List<CandleBatch> _batches = [];

    public ICandleGrain Shard => grains.GetGrain<ICandleGrain>(ICandleGrain.ShardOf(symbol));

    /// <summary>The closed seconds that the shard has.</summary>
    public async Task<long[]> ClosedAsync()
    {
        var page = await Shard.ReadAsync(new CandleQuery(symbol, CandleInterval.Second, null, null, CandleQuery.MaxLimit));
        return [.. page.Candles.Where(candle => page.IsClosed(candle, CandleInterval.Second)).Select(candle => candle.OpenTime.ToUnixTimeSeconds() - Start)];
    }

    /// <summary>Sends a batch.</summary>
    /// <param name="finalBefore">Until when seconds are final.</param>
    /// <param name="seconds">The seconds, each with its price.</param>
    public async Task SendAsync(long finalBefore, params (long Second, decimal Price)[] seconds)
    {
        var before = _batches.Count == 0 ? default : _batches[^1].At;
        _batches.Add(new CandleBatch(
            new CandlePosition(Epoch, _batches.Count + 1),
            before,
            new TimeRange(At(_batches.Count), At(_batches.Count + 1)),
            At(finalBefore),
            [.. seconds.Select(second => new SymbolCandle(symbol, CandleInterval.Second, Candle(second.Second, second.Price, _batches.Count)))]));
        if ((await Shard.AppendAsync([_batches[^1]])).Taken != _batches[^1].At)
        {
            await SendAllAsync(); // The shard has lost its silo.
        }
    }

    /// <summary>Sends a candle of each second up to one, all of them final.</summary>
    public async Task SendUntilAsync(long second)
    {
        for (var next = _batches.Count; next <= second; next++)
        {
            await SendAsync(next + 1, (next, next + 1));
        }
    }

    /// <summary>The shard's silo dies, and the ticker sends again what was not stored.</summary>
    public async Task LoseShardAsync()
    {
        await Shard.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await SendAllAsync();
    }

    private Task SendAllAsync() => Eventually.TrueAsync(
        async () => (await Shard.AppendAsync([.. _batches])).Taken == _batches[^1].At, "the shard has all batches");

    private static DateTimeOffset At(long second) => DateTimeOffset.FromUnixTimeSeconds(Start + second);

    private static Candle Candle(long second, decimal price, int batch) => new()
    {
        OpenTime = At(second), Open = price, High = price, Low = price, Close = price, Volume = 1, QuoteVolume = price, Trades = 1, FirstAt = At(second), LastAt = At(second).AddTicks(batch),
    };
}
