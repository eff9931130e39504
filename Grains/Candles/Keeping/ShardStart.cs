using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>
/// Where the memory of a shard begins: what is older is in the store. The candles of an interval begin early enough for the longer ones that
/// are not stored yet to be made of them.
/// </summary>
/// <param name="FinalBefore">The seconds that are not stored, or not for the last time, end after this time.</param>
/// <param name="Position">The last batch that is stored.</param>
internal sealed record ShardStart(DateTimeOffset FinalBefore, CandlePosition Position)
{
    /// <summary>How far back hours are loaded: a symbol whose candles begin before the last 24 hours has a whole day, however rarely it is traded.</summary>
    internal static readonly TimeSpan LoadedHours = TimeSpan.FromHours(48);

    /// <summary>How long before a batch the seconds in it may have begun that earlier batches hold parts of, with a margin.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>The start of a shard of which nothing is stored.</summary>
    /// <param name="batch">Its first batch, which has candles.</param>
    public static ShardStart At(CandleBatch batch)
    {
        var times = batch.Seconds.Select(second => second.Candle.OpenTime).Append(batch.FinalBefore);
        return new ShardStart(times.Where(time => time > default(DateTimeOffset)).Min(), default);
    }

    /// <summary>The open time of the first candle of an interval that is kept.</summary>
    public DateTimeOffset Of(CandleInterval interval) => interval switch
    {
        CandleInterval.Second => CandleInterval.Minute.OpenTimeAt(FinalBefore),
        CandleInterval.Minute => CandleInterval.Hour.OpenTimeAt(FinalBefore),
        CandleInterval.Hour => CandleInterval.Day.OpenTimeAt(FinalBefore - LoadedHours),
        _ => CandleInterval.Day.OpenTimeAt(FinalBefore),
    };

    /// <summary>Whether the longer candle that a stored one is a part of was not final, so that it is not stored.</summary>
    public bool HasPart(CandleInterval interval, in Candle candle)
    {
        if (interval == CandleInterval.Day)
        {
            return false;
        }

        var longer = CandleIntervals.Kept[CandleIntervals.Kept.IndexOf(interval) + 1];
        return longer.OpenTimeAt(candle.OpenTime) + longer.Length() > FinalBefore;
    }
}
