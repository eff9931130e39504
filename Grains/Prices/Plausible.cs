namespace OrleansTicker.Grains.Prices;

/// <summary>
/// The range of figures that are used. No market needs more, and what is computed of them fits into a decimal whatever an exchange says.
/// </summary>
internal static class Plausible
{
    /// <summary>The lowest price.</summary>
    public const decimal MinPrice = 0.000_000_000_001m;

    /// <summary>The highest price.</summary>
    public const decimal MaxPrice = 1_000_000_000_000m;

    /// <summary>The largest size or volume.</summary>
    public const decimal MaxVolume = 1_000_000_000_000_000m;

    /// <summary>So many trades that sums over exchanges fit.</summary>
    public const long MaxTrades = long.MaxValue >> 10;

    private static readonly DateTimeOffset MaxTime = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsPrice(decimal price) => price is >= MinPrice and <= MaxPrice;

    /// <summary>Whether it is a time from 1970 up to 3000, so that no sum of times and spans overflows.</summary>
    public static bool IsTime(DateTimeOffset time) => time >= DateTimeOffset.UnixEpoch && time < MaxTime;

    /// <summary>The price; null if it is none.</summary>
    public static decimal? Price(decimal? price) => price is { } given && IsPrice(given) ? given : null;

    /// <summary>The size or volume; null if it is none.</summary>
    public static decimal? Volume(decimal? volume) => volume is >= 0 and <= MaxVolume ? volume : null;
}
