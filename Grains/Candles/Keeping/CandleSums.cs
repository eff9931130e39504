using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>How candles are put together.</summary>
internal static class CandleSums
{
    /// <summary>
    /// The candle of a second that two lives of the ticker have seen, each of them perhaps only a part. Both may have counted the same trades, so
    /// the larger figures count and not their sum.
    /// </summary>
    public static Candle Merge(in Candle earlier, in Candle later) => earlier.Join(later, later.OpenTime) with
    {
        Trades = Math.Max(earlier.Trades, later.Trades),
        Volume = Math.Max(earlier.Volume, later.Volume),
        QuoteVolume = Math.Max(earlier.QuoteVolume, later.QuoteVolume),
    };

    /// <summary>Whether two versions of a candle say the same.</summary>
    public static bool SaysTheSame(in Candle one, in Candle other) => one with { ChangedAt = other.ChangedAt } == other;

    /// <summary>
    /// Whether a change of a candle can be added to the longer one that it is a part of: it has only grown. Otherwise the longer one has to be
    /// made anew.
    /// </summary>
    public static bool HasOnlyGrown(in Candle before, in Candle now) =>
        now.High >= before.High && now.Low <= before.Low && now.FirstAt <= before.FirstAt && now.LastAt >= before.LastAt;

    /// <summary>The longer candle after a part of it has come, or has grown.</summary>
    /// <param name="whole">The longer candle before.</param>
    /// <param name="before">The part before; null if it is new.</param>
    /// <param name="now">The part now.</param>
    public static Candle Add(in Candle whole, in Candle? before, in Candle now) => whole with
    {
        Open = now.FirstAt <= whole.FirstAt ? now.Open : whole.Open,
        High = Math.Max(whole.High, now.High),
        Low = Math.Min(whole.Low, now.Low),
        Close = now.LastAt >= whole.LastAt ? now.Close : whole.Close,
        FirstAt = now.FirstAt < whole.FirstAt ? now.FirstAt : whole.FirstAt,
        LastAt = now.LastAt > whole.LastAt ? now.LastAt : whole.LastAt,
        Trades = whole.Trades + now.Trades - (before?.Trades ?? 0),
        Volume = whole.Volume + (now.Volume - (before?.Volume ?? 0)),
        QuoteVolume = whole.QuoteVolume + (now.QuoteVolume - (before?.QuoteVolume ?? 0)),
        ChangedAt = now.ChangedAt > whole.ChangedAt ? now.ChangedAt : whole.ChangedAt,
    };

    /// <summary>The candles of a longer interval.</summary>
    /// <param name="parts">Candles of a shorter interval, in the order of time.</param>
    /// <param name="interval">The longer interval, a multiple of the shorter one.</param>
    public static List<Candle> RollUp(List<Candle> parts, CandleInterval interval)
    {
        var whole = new List<Candle>();
        foreach (var part in parts)
        {
            var openTime = interval.OpenTimeAt(part.OpenTime);
            if (whole.Count > 0 && whole[^1].OpenTime == openTime)
            {
                whole[^1] = whole[^1].Join(part, openTime);
            }
            else
            {
                whole.Add(part with { OpenTime = openTime });
            }
        }

        return whole;
    }
}
