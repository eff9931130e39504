using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>The closed candles of a symbol that a run left behind, as they are answered at its end.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Seconds">Its seconds, in the order of the answer.</param>
/// <param name="Minutes">Its minutes, in the order of the answer.</param>
/// <param name="Gaps">The times that nobody watched.</param>
internal sealed record SymbolCandles(string Symbol, IReadOnlyList<ReceivedCandle> Seconds, IReadOnlyList<ReceivedCandle> Minutes, GapList Gaps);
