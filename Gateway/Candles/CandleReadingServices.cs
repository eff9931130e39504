namespace OrleansTicker.Gateway.Candles;

/// <summary>Registers what reads candles.</summary>
internal static class CandleReadingServices
{
    public static IServiceCollection AddCandles(this IServiceCollection services) => services
        .AddSingleton<CandleReader>()
        .AddSingleton<CandleFaults>()
        .AddSingleton<DayFigures>()
        .AddSingleton<HistoryHealth>();
}
