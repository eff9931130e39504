using System.ComponentModel;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>What a chart has to know of a symbol: the answer of <c>GET /udf/symbols</c>.</summary>
internal sealed record UdfSymbolJson(
    [property: Description("The symbol.")] string Name,
    [property: Description("The symbol, as requests for its candles name it.")] string Ticker,
    [property: Description("The symbol in words.")] string Description,
    [property: Description("Its kind.")] string Type,
    [property: Description("When it is traded.")] string Session,
    [property: Description("The time zone of its days.")] string Timezone,
    [property: Description("The exchange; all for the whole market.")] string Exchange,
    [property: Description("The same.")] string ListedExchange,
    [property: Description("The currency that prices are in.")] string? CurrencyCode,
    [property: Description("How prices are shown.")] string Format,
    [property: Description("The least movement of the price, in units of 1/pricescale.")] int Minmov,
    [property: Description("10 to the power of the digits behind the point.")] long Pricescale,
    [property: Description("How many digits behind the point volumes have.")] int VolumePrecision,
    [property: Description("Whether there are candles shorter than a day.")] bool HasIntraday,
    [property: Description("Whether there are candles of seconds.")] bool HasSeconds,
    [property: Description("Whether there are candles of days.")] bool HasDaily,
    [property: Description("Whether there are candles of weeks and months; if not, the chart makes them.")] bool HasWeeklyAndMonthly,
    [property: Description("The intervals in seconds.")] IReadOnlyList<string> SecondsMultipliers,
    [property: Description("The intervals in minutes.")] IReadOnlyList<string> IntradayMultipliers,
    [property: Description("The intervals in days.")] IReadOnlyList<string> DailyMultipliers,
    [property: Description("All intervals.")] IReadOnlyList<string> SupportedResolutions,
    [property: Description("Whether prices are as they happen.")] string DataStatus)
{
    /// <summary>The only kind of symbol.</summary>
    public const string Kind = "crypto";

    /// <summary>The name of the whole market, which is no exchange: charts join it to the symbol.</summary>
    public const string WholeMarket = "all";

    private const int LeastDigits = 2; // A price that is whole by chance must not make a chart without digits.
    private const int MostDigits = 12;
    private const int VolumeDigits = 8;

    private static readonly string[] One = ["1"];
    private static readonly string[] Minutes = ["1", "5", "15", "60", "240"];

    public static UdfSymbolJson Of(Quote quote)
    {
        var symbol = SymbolJson.Of(quote);
        var exchange = symbol.Exchange ?? WholeMarket;
        return new UdfSymbolJson(
            symbol.Symbol,
            symbol.Symbol,
            DescriptionOf(symbol),
            Kind,
            Session: "24x7",
            Timezone: "Etc/UTC",
            exchange,
            exchange,
            symbol.Quote,
            Format: "price",
            Minmov: 1,
            ScaleOf(Math.Clamp(symbol.PriceDigits, LeastDigits, MostDigits)),
            VolumeDigits,
            HasIntraday: true,
            HasSeconds: true,
            HasDaily: true,
            HasWeeklyAndMonthly: false, // The chart makes them of days.
            One,
            Minutes,
            One,
            UdfResolutions.All,
            DataStatus: "streaming");
    }

    /// <summary>A symbol in words.</summary>
    public static string DescriptionOf(in SymbolJson symbol)
    {
        var pair = symbol.Base is null ? symbol.Symbol : $"{symbol.Base} / {symbol.Quote}";
        return symbol.Exchange is { } exchange ? $"{pair} ({exchange})" : pair;
    }

    private static long ScaleOf(int digits)
    {
        var scale = 1L;
        for (var digit = 0; digit < digits; digit++)
        {
            scale *= 10;
        }

        return scale;
    }
}
