using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>
/// The price of a symbol and what else is known of it. Fields are named as on the WebSocket in full detail. What is not known is null, and left out.
/// </summary>
internal readonly record struct TickerJson
{
    [Description("The symbol.")]
    public required string Symbol { get; init; }

    [Description("The price, in the quote currency.")]
    public required decimal Price { get; init; }

    [Description("The time of the price, in Unix seconds.")]
    public required long Timestamp { get; init; }

    [Description("There, and true, if the price may be out of date or rests on too few exchanges.")]
    public bool? Stale { get; init; }

    [Description("The time of the price, in Unix microseconds.")]
    public required long TimeUs { get; init; }

    [Description("When the newest of the figures of the exchanges was made, in Unix microseconds.")]
    public long? UpdatedUs { get; init; }

    [Description("The best bid.")]
    public decimal? Bid { get; init; }

    [Description("The size of the best bid, in the base currency.")]
    public decimal? BidSize { get; init; }

    [Description("The best ask.")]
    public decimal? Ask { get; init; }

    [Description("The size of the best ask.")]
    public decimal? AskSize { get; init; }

    [Description("The price of the last trade.")]
    public decimal? Last { get; init; }

    [Description("The size of the last trade.")]
    public decimal? LastSize { get; init; }

    [Description("The price 24 hours ago.")]
    [JsonPropertyName("open_24h")]
    public decimal? Open { get; init; }

    [Description("The highest price of the last 24 hours.")]
    [JsonPropertyName("high_24h")]
    public decimal? High { get; init; }

    [Description("The lowest price of the last 24 hours.")]
    [JsonPropertyName("low_24h")]
    public decimal? Low { get; init; }

    [Description("How much was traded in the last 24 hours, in the base currency.")]
    [JsonPropertyName("volume_24h")]
    public decimal? Volume { get; init; }

    [Description("How much was traded in the last 24 hours, in the quote currency.")]
    [JsonPropertyName("quote_volume_24h")]
    public decimal? QuoteVolume { get; init; }

    [Description("How many trades were made in the last 24 hours.")]
    [JsonPropertyName("trades_24h")]
    public long? Trades { get; init; }

    [Description("The price less the price 24 hours ago.")]
    [JsonPropertyName("change_24h")]
    public decimal? Change { get; init; }

    [Description("The same in percent of the price 24 hours ago, rounded to 4 digits.")]
    [JsonPropertyName("change_percent_24h")]
    public decimal? ChangePercent { get; init; }

    [Description("Where the figures of the last 24 hours come from: history, the candles of this server, or exchanges, or simulated, if the prices are.")]
    [AllowedValues("history", "exchanges", "simulated")]
    public string? DaySource { get; init; }

    [Description("On how many exchanges the price rests.")]
    public int? Sources { get; init; }

    [Description("Half the distance between the highest and the lowest price that it rests on.")]
    public decimal? Confidence { get; init; }
}
