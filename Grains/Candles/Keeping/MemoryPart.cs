using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>What a shard has in memory of a range.</summary>
/// <param name="At">The position of the newest batch that it includes.</param>
/// <param name="FinalBefore">Seconds that end at this time or earlier do not change any more.</param>
/// <param name="CompleteSince">The open time before which candles are in the store only.</param>
/// <param name="Candles">The candles, in the order of time; a list of its own.</param>
internal sealed record MemoryPart(CandlePosition At, DateTimeOffset FinalBefore, DateTimeOffset CompleteSince, List<Candle> Candles);
