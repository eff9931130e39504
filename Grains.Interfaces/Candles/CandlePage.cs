using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>The answer to a <see cref="CandleQuery"/>.</summary>
/// <param name="At">The position of the newest batch that it includes.</param>
/// <param name="FinalBefore">A candle that ends at this time or earlier is closed: it does not change any more.</param>
/// <param name="Candles">The candles, in the order of their open times. There is none for an interval without a price.</param>
/// <param name="HasMore">Whether there are more candles in the range, beyond the limit: later ones if the query had a beginning, otherwise earlier ones.</param>
/// <param name="Gaps">
/// The parts of the answered range that nobody watched, in the order of time: candles in them are missing or incomplete. What is older than the
/// interval is kept for is no gap.
/// </param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandlePage")]
public sealed record CandlePage(
    [property: Id(0)] CandlePosition At,
    [property: Id(1)] DateTimeOffset FinalBefore,
    [property: Id(2)] ImmutableArray<Candle> Candles,
    [property: Id(3)] bool HasMore,
    [property: Id(4)] ImmutableArray<TimeRange> Gaps)
{
    /// <summary>Whether a candle is closed.</summary>
    public bool IsClosed(in Candle candle, CandleInterval interval) => candle.OpenTime + interval.Length() <= FinalBefore;
}
