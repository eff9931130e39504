using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>The symbols of a market that a request may see. Two that hold the same are equal. Immutable.</summary>
internal sealed class VisibleSet : IEquatable<VisibleSet>
{
    private readonly bool[] _isVisible;
    private readonly int _hash;
    private readonly Lazy<Dictionary<string, int>> _byName;

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
        _byName = new(MakeNames);
    }

    /// <summary>The market's symbols, each at its place.</summary>
    public ImmutableArray<string> Symbols { get; }

    /// <summary>The places of the visible symbols, in the order of their names.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>Those of the whole market, without symbols of single exchanges.</summary>
    public ImmutableArray<int> WholeMarket { get; }

    /// <summary>Whether the symbol at a place may be seen.</summary>
    public bool Contains(int place) => _isVisible[place];

    /// <summary>The exchanges of visible symbols, as in symbols, in the order of their names.</summary>
    public IEnumerable<string> Exchanges => Places.Select(place => SymbolNames.ExchangeOf(Symbols[place])).OfType<string>().Distinct();

    /// <summary>Those of one exchange.</summary>
    /// <param name="exchange">The exchange, in any case of letters.</param>
    public IEnumerable<int> OfExchange(string exchange) =>
        Places.Where(place => SymbolNames.ExchangeOf(Symbols[place]) is { } name && name.Equals(exchange, StringComparison.OrdinalIgnoreCase));

    /// <summary>The place of a symbol in any case of letters; null if there is none. Of several, that of the first.</summary>
    public int? FindInAnyCase(string name) => _byName.Value.TryGetValue(name, out var place) ? place : null;

    public bool Equals(VisibleSet? other) => other is not null && Symbols == other.Symbols && _isVisible.AsSpan().SequenceEqual(other._isVisible);

    public override bool Equals(object? obj) => Equals(obj as VisibleSet);

    public override int GetHashCode() => _hash;

    private Dictionary<string, int> MakeNames()
    {
        var names = new Dictionary<string, int>(Places.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var place in Places)
        {
            names.TryAdd(Symbols[place], place);
        }

        return names;
    }
}
