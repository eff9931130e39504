using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Gateway.Candles.Watching;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>Reads closed candles that the gateway does not keep any more, for clients that were away or were slow.</summary>
internal sealed class MissedCandleReader(ICandleFeed feed, TimeProvider time)
{
    /// <summary>How long to wait before reading again after a failure.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Reads the first of them and writes them. It never throws. After a failure it takes its time.</summary>
    /// <param name="view">The series and its encoding.</param>
    /// <param name="from">The open time from which on they are missing.</param>
    public async Task<MissedCandles> ReadAsync(CandleView view, DateTimeOffset from)
    {
        var series = view.Series.Series;
        try
        {
            var page = await feed.ReadAsync(new CandleQuery(series.Symbol, series.Interval, from, null, CandleView.MostInFrame), CancellationToken.None);
            if (Take(view, page, from) is { } read)
            {
                return read;
            }
        }
        catch (Exception e)
        {
            await Task.Delay(Pause, time);
            return new MissedCandles([], null, e is HistoryUnavailableException);
        }

        await Task.Delay(Pause, time); // The shard is behind what it has told before: it has lost its silo, and will catch up.
        return new MissedCandles([], null);
    }

    private static MissedCandles? Take(CandleView view, CandlePage page, DateTimeOffset from)
    {
        var interval = view.Series.Series.Interval;
        List<KnownCandle> closed = [.. page.Candles.Where(candle => page.IsClosed(candle, interval)).Select(candle => new KnownCandle(candle, IsClosed: true, 0))];
        var isWhole = !page.HasMore || closed.Count < page.Candles.Length;
        var read = closed.Count == 0 ? from : closed[^1].Candle.OpenTime + interval.Length();
        var final = interval.OpenTimeAt(page.FinalBefore);
        var end = isWhole && final > read ? final : read; // Without more closed candles, there are none up to what is final.
        return end > from ? new MissedCandles(closed.Count == 0 ? [] : view.Encoding.Encode(view.Series.Series, closed), end) : null;
    }
}
