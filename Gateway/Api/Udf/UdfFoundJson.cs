using System.ComponentModel;
using OrleansTicker.Gateway.Api.Symbols;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>A symbol that a search has found.</summary>
internal sealed record UdfFoundJson(
    [property: Description("The symbol.")] string Symbol,
    [property: Description("The same.")] string FullName,
    [property: Description("The symbol in words.")] string Description,
    [property: Description("The exchange; all for the whole market.")] string Exchange,
    [property: Description("The symbol, as requests for its candles name it.")] string Ticker,
    [property: Description("Its kind.")] string Type)
{
    public static UdfFoundJson Of(in SymbolJson symbol) => new(
        symbol.Symbol,
        symbol.Symbol,
        UdfSymbolJson.DescriptionOf(symbol),
        symbol.Exchange ?? UdfSymbolJson.WholeMarket,
        symbol.Symbol,
        UdfSymbolJson.Kind);
}
