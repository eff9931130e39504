using OrleansTicker.Gateway.Api.Symbols;

namespace OrleansTicker.Gateway.Api.Udf;

/// <summary>A symbol that a search has found.</summary>
internal sealed record UdfFoundJson(string Symbol, string FullName, string Description, string Exchange, string Ticker, string Type)
{
    public static UdfFoundJson Of(in SymbolJson symbol) => new(
        symbol.Symbol,
        symbol.Symbol,
        UdfSymbolJson.DescriptionOf(symbol),
        symbol.Exchange ?? UdfSymbolJson.WholeMarket,
        symbol.Symbol,
        UdfSymbolJson.Kind);
}
