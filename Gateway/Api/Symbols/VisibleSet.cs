using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>The symbols of a market that a request may see. Two that hold the same are equal. Immutable.</summary>
internal sealed class VisibleSet : IEquatable<VisibleSet>
{
    private readonly bool[] _isVisible;
    private readonly int _hash;

    /// <summary>Creates a set.</summary>
    /// <param name="symbols">The market's symbols, each at its place.</param>
    /// <param name="isVisible">Whether each may be seen.</param>
    public VisibleSet(ImmutableArray<string> symbols, bool[] isVisible)
    {
        Symbols = symbols;
        _isVisible = isVisible;
        Places = [.. Enumerable.Range(0, symbols.Length).Where(place => isVisible[place]).OrderBy(place => symbols[place], StringComparer.Ordinal)];
        WholeMarket = [.. Places.Where(place => !SymbolNames.IsOfOneExchange(symbols[place]))];
        var hash = default(HashCode);
        foreach (var place in Places)
        {
            hash.Add(place);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The market's symbols, each at its place.</summary>
    public ImmutableArray<string> Symbols { get; }

    /// <summary>The places of the visible symbols, in the order of their names.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>Those of the whole market, without symbols of single exchanges.</summary>
    public ImmutableArray<int> WholeMarket { get; }

    /// <summary>Whether the symbol at a place may be seen.</summary>
    public bool Contains(int place) => _isVisible[place];

    /// <summary>Those of one exchange.</summary>
    /// <param name="exchange">The exchange, as in symbols.</param>
    public IEnumerable<int> OfExchange(string exchange) =>
        Places.Where(place => SymbolNames.ExchangeOf(Symbols[place]) is { } name && name.Equals(exchange, StringComparison.Ordinal));

    /// <summary>The place of a symbol that people have typed: in any case of letters, perhaps with the name of the whole market before it.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="wholeMarket">The name of the whole market.</param>
    /// <returns>The place; null if there is no such symbol.</returns>
    public int? Find(string text, string wholeMarket)
    {
        var name = text.StartsWith($"{wholeMarket}:", StringComparison.OrdinalIgnoreCase) ? text[(wholeMarket.Length + 1)..] : text;
        int? found = null;
        foreach (var place in Places)
        {
            if (Symbols[place].Equals(name, StringComparison.Ordinal))
            {
                return place;
            }

            found ??= Symbols[place].Equals(name, StringComparison.OrdinalIgnoreCase) ? place : null;
        }

        return found;
    }

    public bool Equals(VisibleSet? other) => other is not null && Symbols == other.Symbols && _isVisible.AsSpan().SequenceEqual(other._isVisible);

    public override bool Equals(object? obj) => Equals(obj as VisibleSet);

    public override int GetHashCode() => _hash;
}
