using System.Collections.Immutable;

namespace OrleansTicker.History.Formats;

/// <summary>The columns of files with candles, in all formats.</summary>
internal static class CandleColumns
{
    public const string Symbol = "symbol";
    public const string Interval = "interval";
    public const string OpenTime = "open_time";
    public const string Open = "open";
    public const string High = "high";
    public const string Low = "low";
    public const string Close = "close";
    public const string Volume = "volume";
    public const string QuoteVolume = "quote_volume";
    public const string Trades = "trades";

    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<string> All { get; } = [Symbol, Interval, OpenTime, Open, High, Low, Close, Volume, QuoteVolume, Trades];
}
