namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>The answer of <c>GET /api/v1/symbols</c>.</summary>
/// <param name="Symbols">The symbols, in the order of their names.</param>
internal sealed record SymbolListJson(IEnumerable<SymbolJson> Symbols);
