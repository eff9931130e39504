using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>How UDF names intervals: minutes as a number, seconds with S and days with D behind it; a missing number is one.</summary>
internal static class UdfResolutions
{
    private static readonly string[] Known = ["1S", "1", "5", "15", "60", "240", "1D"];

    /// <summary>The names of all intervals, from the shortest to the longest.</summary>
    public static IReadOnlyList<string> All => Known;

    /// <summary>Finds the interval that a chart names.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? name, out CandleInterval interval)
    {
        var index = Array.IndexOf(Known, name is "S" or "D" ? $"1{name}" : name);
        interval = (CandleInterval)Math.Max(index, 0);
        return index >= 0;
    }
}
