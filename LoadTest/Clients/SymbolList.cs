namespace OrleansTicker.LoadTest.Clients;

/// <summary>The answer of <c>/api/v1/symbols</c>.</summary>
internal sealed record SymbolList(IReadOnlyList<ReceivedSymbol> Symbols);
