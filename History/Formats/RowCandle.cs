using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.History.Formats;

/// <summary>Makes candles of what rows say, if that can be.</summary>
internal static class RowCandle
{
    private const int LongestSymbol = 64;

    /// <summary>The years that sums of times and spans, and the tables of all databases, can hold.</summary>
    private const int FirstYear = 1970;
    private const int LastYear = 2999;

    /// <summary>The row of a candle. It does not say when the prices were made, so they count as made from its beginning to its end.</summary>
    /// <param name="number">Where the row is.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">The name of the interval.</param>
    /// <param name="values">The prices and volumes, and the open time; the other times are not used.</param>
    public static CandleRow Of(long number, string symbol, string interval, in Candle values)
    {
        if (!CandleIntervals.TryParse(interval, out var known) || known.KeptAs() != known)
        {
            var kept = string.Join(", ", CandleIntervals.Kept.Select(one => one.Name()));
            return Wrong(number, $"the interval '{interval}' is none of those that are kept: {kept}");
        }

        if (ErrorOf(symbol, known, values) is { } error)
        {
            return Wrong(number, error);
        }

        var candle = values with { FirstAt = values.OpenTime, LastAt = values.OpenTime + known.Length() - TimeSpan.FromMicroseconds(1) };
        return new CandleRow(number, new SymbolCandle(symbol, known, candle), null);
    }

    /// <summary>A row that is wrong.</summary>
    public static CandleRow Wrong(long number, string error) => new(number, default, error);

    private static string? ErrorOf(string symbol, CandleInterval interval, in Candle values) => values switch
    {
        _ when symbol.Length is 0 or > LongestSymbol || !symbol.All(character => character is > ' ' and <= '~') =>
            $"the symbol has to be 1 to {LongestSymbol} characters without blanks, such as BTC-USD",
        _ when values.OpenTime.UtcDateTime.Year is < FirstYear or > LastYear => $"open_time has to be in the years {FirstYear} to {LastYear}",
        _ when interval.OpenTimeAt(values.OpenTime) != values.OpenTime => $"no candle of {interval.Name()} begins at this open_time",
        _ when values.Low <= 0 => "prices have to be above 0",
        _ when values.High < values.Open || values.High < values.Close || values.High < values.Low => "high is not the highest price",
        _ when values.Low > values.Open || values.Low > values.Close => "low is not the lowest price",
        _ when values.Volume < 0 || values.QuoteVolume < 0 || values.Trades < 0 => "volume, quote_volume and trades cannot be less than 0",
        _ => null,
    };
}
