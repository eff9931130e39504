using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.Tests.Gateway.Api;

namespace OrleansTicker.Tests.Grains.Candles.Keeping;

public sealed class ShardReaderPortionTests : IAsyncDisposable
{
    private const string Symbol = "A";
    private const int Minutes = (2 * ShardReader.Portion) + 100;

    private static readonly DateTimeOffset Start = CandleScript.Start;
    private static readonly List<Candle> All = [.. Enumerable.Range(0, Minutes).Select(minute => CandleScript.At(Start.AddMinutes(minute), 1 + (minute % 97), 1))];

    private readonly MemoryHistory _store = new();

    [Theory]
    [InlineData(CandleInterval.FiveMinutes, true)]
    [InlineData(CandleInterval.FiveMinutes, false)]
    [InlineData(CandleInterval.FifteenMinutes, true)]
    [InlineData(CandleInterval.FifteenMinutes, false)]
    public async Task A_page_of_longer_candles_is_read_in_portions_and_says_the_same(CandleInterval interval, bool isNewest)
    {
        var shard = ICandleGrain.ShardOf(Symbol);
        var stored = new ShardWrite(shard, default, Start.AddMinutes(Minutes), [], [.. All.Select(candle => new SymbolCandle(Symbol, CandleInterval.Minute, candle))]);
        await _store.WriteAsync([stored], TestContext.Current.CancellationToken);
        var pages = new ShardReader(new ShardCandles(shard), _store, new HistoryOptions(), TimeProvider.System);

        foreach (var limit in (int[])[1, 700, CandleQuery.MaxLimit])
        {
            var page = await pages.ReadAsync(new CandleQuery(Symbol, interval, isNewest ? null : Start, null, limit), TestContext.Current.CancellationToken);

            var whole = CandleSums.RollUp(All, interval);
            Assert.Equal(isNewest ? whole.TakeLast(limit) : whole.Take(limit), page.Candles);
            Assert.Equal(whole.Count > limit, page.HasMore);
        }

        Assert.InRange(_store.LongestRead, 1, ShardReader.Portion);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
