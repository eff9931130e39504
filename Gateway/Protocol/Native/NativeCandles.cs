using System.Text.Json;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Candles.State;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>Writes <c>candles</c> messages.</summary>
internal sealed class NativeCandles : ICandleEncoding
{
    private readonly bool _isCompressed;

    private NativeCandles(bool isCompressed) => _isCompressed = isCompressed;

    /// <summary>Uncompressed messages.</summary>
    public static NativeCandles Plain { get; } = new(isCompressed: false);

    /// <summary>Messages that are deflated if that makes them shorter.</summary>
    public static NativeCandles Compressed { get; } = new(isCompressed: true);

    public byte[] Encode(CandleSeries series, IReadOnlyList<KnownCandle> candles)
    {
        ServerMessageJson message = new CandlesJson(
            series.Symbol, series.Interval.Name(), [.. candles.Select(known => CandleJson.Of(known.Candle, known.IsClosed))]);
        return NativeFrame.Of(JsonSerializer.SerializeToUtf8Bytes(message, NativeJson.Default.ServerMessageJson), _isCompressed);
    }
}
