using System.ComponentModel;
using System.Text.Json.Serialization;
using OrleansTicker.Gateway.Api.Tickers;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>What is known of a symbol at present, as UDF names it. What is not known is null, and left out.</summary>
internal sealed record UdfValuesJson(
    [property: JsonPropertyName("ch"), Description("The price less the price 24 hours ago.")] decimal? Change,
    [property: JsonPropertyName("chp"), Description("The same in percent of the price 24 hours ago.")] decimal? ChangePercent,
    [property: Description("The symbol.")] string? ShortName,
    [property: Description("The exchange; all for the whole market.")] string? Exchange,
    [property: JsonPropertyName("lp"), Description("The price.")] decimal? Price,
    [property: Description("The best ask.")] decimal? Ask,
    [property: Description("The best bid.")] decimal? Bid,
    [property: JsonPropertyName("open_price"), Description("The price 24 hours ago.")] decimal? Open,
    [property: JsonPropertyName("high_price"), Description("The highest price of the last 24 hours.")] decimal? High,
    [property: JsonPropertyName("low_price"), Description("The lowest price of the last 24 hours.")] decimal? Low,
    [property: JsonPropertyName("prev_close_price"), Description("The price 24 hours ago: this market never closes.")] decimal? PreviousClose,
    [property: Description("How much was traded in the last 24 hours, in the base currency.")] decimal? Volume)
{
    /// <summary>Nothing, of a symbol that does not exist.</summary>
    public static UdfValuesJson None { get; } = new(null, null, null, null, null, null, null, null, null, null, null, null);

    public static UdfValuesJson Of(in TickerJson ticker) => new(
        ticker.Change,
        ticker.ChangePercent,
        ticker.Symbol,
        SymbolNames.ExchangeOf(ticker.Symbol) ?? UdfSymbolJson.WholeMarket,
        ticker.Price,
        ticker.Ask,
        ticker.Bid,
        ticker.Open,
        ticker.High,
        ticker.Low,
        ticker.Open,
        ticker.Volume);
}
