using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>
/// How candles are written for clients. Sessions with the same encoding share the bytes, so there is one instance of each. Any thread may
/// call it.
/// </summary>
internal interface ICandleEncoding
{
    /// <summary>Writes a whole message of candles, framing included.</summary>
    /// <param name="series">Whose candles they are.</param>
    /// <param name="candles">The candles, in the order of time.</param>
    byte[] Encode(CandleSeries series, IReadOnlyList<KnownCandle> candles);
}
