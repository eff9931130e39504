using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Gateway.Candles.Watching;

/// <summary>Candles for tests, by the number of their second or minute.</summary>
internal static class Candles
{
    public static readonly CandleSeries Seconds = new("A", CandleInterval.Second);

    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_795_510_140);

    public static DateTimeOffset At(long second) => Start.AddSeconds(second);

    public static Candle Second(long second, decimal price, long trades = 1, long batch = 1) => new()
    {
        OpenTime = At(second),
        Open = price,
        High = price,
        Low = price,
        Close = price,
        Volume = trades,
        QuoteVolume = trades * price,
        Trades = trades,
        FirstAt = At(second),
        LastAt = At(second),
        ChangedAt = new CandlePosition(1, batch),
    };
}
