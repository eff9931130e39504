using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Api;

/// <summary>Sends candles of a symbol to its shard as the ticker does. The symbol must share no shard with those of the market.</summary>
internal sealed class CandleScript(ApiHost api, string symbol)
{
    /// <summary>When the first candle begins: a day, and so every interval, begins then.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private CandlePosition _at;

    /// <summary>Sends one second of trades in each minute, from one minute up to another.</summary>
    /// <param name="first">The first minute after <see cref="Start"/>.</param>
    /// <param name="count">How many minutes.</param>
    /// <param name="isWatched">Whether the time before the first of them was watched too; otherwise it is a gap.</param>
    public Task TradeAsync(int first, int count, bool isWatched = true) => SendAsync(
        Start.AddMinutes(isWatched ? 0 : first),
        Start.AddMinutes(first + count),
        Enumerable.Range(first, count).Select(minute => At(Start.AddMinutes(minute), 100.10m + minute, 0.5m)));

    /// <summary>Sends seconds.</summary>
    /// <param name="coveredFrom">Since when the time was watched.</param>
    /// <param name="finalBefore">Up to when the time was watched, and is final.</param>
    /// <param name="candles">The seconds.</param>
    public async Task SendAsync(DateTimeOffset coveredFrom, DateTimeOffset finalBefore, IEnumerable<Candle> candles)
    {
        var at = new CandlePosition(1, _at.Seq + 1);
        ImmutableArray<SymbolCandle> seconds =
            [.. candles.Select(candle => new SymbolCandle(symbol, CandleInterval.Second, candle with { ChangedAt = at }))];
        var batch = new CandleBatch(at, _at, new TimeRange(coveredFrom, finalBefore), finalBefore, seconds);
        var receipt = await api.Gateway.Grains.GetGrain<ICandleGrain>(ICandleGrain.ShardOf(symbol)).AppendAsync([batch]);
        Assert.Equal(at, receipt.Taken);
        _at = at;
    }

    /// <summary>More candles of a minute than a page holds, by a number.</summary>
    public static ImmutableArray<Candle> MoreThanAPage(int more) =>
        [.. Enumerable.Range(0, CandleQuery.MaxLimit + more).Select(minute => At(Start.AddMinutes(minute), 100.10m + minute, 0.5m))];

    /// <summary>A second in which one trade was made.</summary>
    public static Candle At(DateTimeOffset second, decimal price, decimal size) => new()
    {
        OpenTime = second,
        Open = price,
        High = price,
        Low = price,
        Close = price,
        Volume = size,
        QuoteVolume = price * size,
        Trades = 1,
        FirstAt = second,
        LastAt = second,
    };
}
