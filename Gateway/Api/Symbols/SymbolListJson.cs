using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>The answer of <c>GET /api/v1/symbols</c>.</summary>
/// <param name="Symbols">The symbols, in the order of their names.</param>
internal sealed record SymbolListJson([property: Description("The symbols, in the order of their names.")] IEnumerable<SymbolJson> Symbols);
