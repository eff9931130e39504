using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Identifies a view by its symbols and its encoding. The hash is computed once, at construction.</summary>
internal readonly struct ViewKey : IEquatable<ViewKey>
{
    private readonly ImmutableArray<string> _symbols;
    private readonly IQuoteEncoding _encoding;
    private readonly int _hash;

    public ViewKey(ImmutableArray<string> symbols, IQuoteEncoding encoding)
    {
        _symbols = symbols;
        _encoding = encoding;
        var hash = default(HashCode);
        hash.Add(encoding);
        foreach (var symbol in symbols)
        {
            hash.Add(symbol, StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    public bool Equals(ViewKey other) =>
        _encoding == other._encoding
        && (_symbols == other._symbols || _symbols.AsSpan().SequenceEqual(other._symbols.AsSpan()));

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ViewKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
