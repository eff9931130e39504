using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>What a chart has to know of a symbol: the answer of <c>GET /udf/symbols</c>.</summary>
internal sealed record UdfSymbolJson(
    string Name,
    string Ticker,
    string Description,
    string Type,
    string Session,
    string Timezone,
    string Exchange,
    string ListedExchange,
    string? CurrencyCode,
    string Format,
    int Minmov,
    long Pricescale,
    int VolumePrecision,
    bool HasIntraday,
    bool HasSeconds,
    bool HasDaily,
    bool HasWeeklyAndMonthly,
    IReadOnlyList<string> SecondsMultipliers,
    IReadOnlyList<string> IntradayMultipliers,
    IReadOnlyList<string> DailyMultipliers,
    IReadOnlyList<string> SupportedResolutions,
    string DataStatus)
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
