using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Candles.Watching;

/// <summary>What a client has in the end, whatever comes between.</summary>
public sealed class CandleFoldProperties
{
    private enum Step
    {
        Batch,
        ManyBatches,
        Watch,
        WatchAnew,
        Send,
        Resume,
        Die,
    }

    /// <summary>
    /// Batches, polls that come late, messages that a slow client does not take, silos of the shard that die and clients that come back, in any
    /// order: the client has every closed candle of the shard once, in order, as it was when it was closed.
    /// </summary>
    [Fact]
    public Task A_client_has_every_closed_candle_once_and_in_order() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 31]).Array[20, 150].SampleAsync(RunAsync, iter: 2000);

    private static async Task RunAsync((Step Step, int Number)[] steps)
    {
        var time = new FakeTimeProvider();
        var shard = new ModelShard();
        var series = new WatchedSeries(Candles.Seconds, capacity: 6);
        var client = new ModelCandleClient(series, new MissedCandleReader(shard, time), time);
        series.Read(await PageAsync(shard, series));
        foreach (var (step, number) in steps)
        {
            switch (step)
            {
                case Step.Batch:
                    shard.Append(number);
                    break;
                case Step.ManyBatches:
                    Enumerable.Range(number, number).ToList().ForEach(shard.Append);
                    break;
                case Step.Watch:
                    Watch(shard, series);
                    break;
                case Step.WatchAnew:
                    series.Read(await PageAsync(shard, series));
                    break;
                case Step.Send:
                    await client.TakeAsync(most: number % 3);
                    break;
                case Step.Resume:
                    client.Resume();
                    break;
                case Step.Die:
                    shard.Die(number % 4);
                    break;
            }
        }

        shard.CatchUp();
        Watch(shard, series);
        await client.TakeAsync(most: int.MaxValue);
        Assert.Equal(shard.Closed.Select(Told), client.Closed);
        Assert.Equal(await RunningAsync(shard), client.Running);
    }

    private static void Watch(ModelShard shard, WatchedSeries series)
    {
        var update = shard.ChangedAfter(series.At);
        series.Apply(update.Changed.Select(changed => changed.Candle), update);
    }

    private static Task<CandlePage> PageAsync(ModelShard shard, WatchedSeries series) =>
        shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, series.Capacity), TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> RunningAsync(ModelShard shard)
    {
        var page = await shard.ReadAsync(new CandleQuery("A", CandleInterval.Second, null, null, 10), TestContext.Current.CancellationToken);
        return page.Candles.Where(candle => !page.IsClosed(candle, CandleInterval.Second)).Select(Told);
    }

    private static string Told(Candle candle) => $"{candle.OpenTime.ToUnixTimeSeconds()} {candle.Trades}";
}
