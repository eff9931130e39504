using System.Collections.Immutable;
using OrleansTicker.Gateway.Candles;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>candles</c>: candles of a symbol in one interval that are new or have changed.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Interval">The interval.</param>
/// <param name="Data">The candles, in the order of time.</param>
internal sealed record CandlesJson(string Symbol, string Interval, ImmutableArray<CandleJson> Data) : ServerMessageJson;
