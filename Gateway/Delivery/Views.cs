using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The views that sessions have at the moment, each once. A session has one at a time, so a client makes the gateway keep one
/// at most for each of its sockets. Any thread may call it.
/// </summary>
internal sealed class Views
{
    private readonly Lock _lending = new();
    private readonly Dictionary<(ImmutableArray<string> Symbols, bool IsCompressed), Loan> _loans = new(new SameView());

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lending)
            {
                return _loans.Count;
            }
        }
    }

    /// <summary>The view of these symbols. To be given back once it is no longer used.</summary>
    /// <param name="symbols">The symbols, in ordinal order.</param>
    /// <param name="isCompressed">Whether its frames are deflated.</param>
    public View Lend(ImmutableArray<string> symbols, bool isCompressed)
    {
        lock (_lending)
        {
            if (!_loans.TryGetValue((symbols, isCompressed), out var loan))
            {
                _loans.Add((symbols, isCompressed), loan = new Loan(new View(symbols, isCompressed)));
            }

            loan.Sessions++;
            return loan.View;
        }
    }

    /// <summary>Takes back a view that was lent.</summary>
    public void TakeBack(View view)
    {
        lock (_lending)
        {
            if (--_loans[(view.Symbols, view.IsCompressed)].Sessions == 0)
            {
                _loans.Remove((view.Symbols, view.IsCompressed));
            }
        }
    }

    private sealed class Loan(View view)
    {
        public View View => view;

        public int Sessions { get; set; }
    }

    private sealed class SameView : IEqualityComparer<(ImmutableArray<string> Symbols, bool IsCompressed)>
    {
        public bool Equals((ImmutableArray<string> Symbols, bool IsCompressed) one, (ImmutableArray<string> Symbols, bool IsCompressed) other) =>
            one.IsCompressed == other.IsCompressed
            && (one.Symbols == other.Symbols || one.Symbols.AsSpan().SequenceEqual(other.Symbols.AsSpan()));

        public int GetHashCode((ImmutableArray<string> Symbols, bool IsCompressed) view)
        {
            var hash = default(HashCode);
            hash.Add(view.IsCompressed);
            foreach (var symbol in view.Symbols)
            {
                hash.Add(symbol, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
