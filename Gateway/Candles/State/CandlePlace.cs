namespace OrleansTicker.Gateway.Candles.State;

/// <summary>How far somebody has come with the candles of a series.</summary>
/// <param name="ClosedBefore">Of the candles that open before this time, there is nothing more to tell.</param>
/// <param name="Revision">The revision up to which it has the running candles; 0 for none of them.</param>
internal readonly record struct CandlePlace(DateTimeOffset ClosedBefore, long Revision);
