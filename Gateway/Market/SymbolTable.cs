using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>The symbols of a market and their places, shared by all states until a new symbol appears. Immutable.</summary>
internal sealed class SymbolTable
{
    /// <summary>Creates a table.</summary>
    /// <param name="symbols">The symbols, each at its place.</param>
    /// <param name="previous">The table before, whose arrays are reused as far as they are the same; null if there is none.</param>
    public SymbolTable(ImmutableArray<string> symbols, SymbolTable? previous)
    {
        Symbols = symbols;
        Places = Enumerable.Range(0, symbols.Length).ToFrozenDictionary(place => symbols[place], StringComparer.Ordinal);
        Names = [.. symbols.Select(symbol => JsonEncodedText.Encode(symbol))];
        var whole = WholeMarketOf(symbols);
        WholeMarket = previous is not null && previous.WholeMarket.AsSpan().SequenceEqual(whole) ? previous.WholeMarket : ImmutableCollectionsMarshal.AsImmutableArray(whole);
    }

    /// <summary>All symbols, each at its place.</summary>
    public ImmutableArray<string> Symbols { get; }

    /// <summary>
    /// The symbols of the whole market, without those of single exchanges. It is the same array instance as long as they do not change, and never
    /// the same as <see cref="Symbols"/>, so that the instance tells which of the two somebody has.
    /// </summary>
    public ImmutableArray<string> WholeMarket { get; }

    public FrozenDictionary<string, int> Places { get; }

    /// <summary>The symbols encoded for JSON, each at its place.</summary>
    public JsonEncodedText[] Names { get; }

    private static string[] WholeMarketOf(ImmutableArray<string> symbols)
    {
        var whole = new string[symbols.Count(symbol => !SymbolNames.IsOfOneExchange(symbol))]; // A new instance even if it is empty.
        var count = 0;
        foreach (var symbol in symbols)
        {
            if (!SymbolNames.IsOfOneExchange(symbol))
            {
                whole[count++] = symbol;
            }
        }

        return whole;
    }
}
