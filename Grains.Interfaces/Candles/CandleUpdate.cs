using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>What has changed in the candles that a gateway watches.</summary>
/// <param name="At">The position of the newest batch that it includes; where to go on watching.</param>
/// <param name="FinalBefore">As in <see cref="CandlePage"/>.</param>
/// <param name="IsComplete">Whether nothing is missing between the position that was asked for and the changes. If not, read the candles anew.</param>
/// <param name="Changed">The candles that have changed, as they are now, in the order of their open times.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.CandleUpdate")]
public sealed record CandleUpdate(
    [property: Id(0)] CandlePosition At,
    [property: Id(1)] DateTimeOffset FinalBefore,
    [property: Id(2)] bool IsComplete,
    [property: Id(3)] ImmutableArray<SymbolCandle> Changed);
