using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>From where on a client wants the closed candles of some series.</summary>
/// <param name="Series">The series.</param>
/// <param name="From">The first open time.</param>
internal sealed record CandleStart(ImmutableArray<CandleSeries> Series, DateTimeOffset From);
