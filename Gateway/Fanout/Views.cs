using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Fanout;

/// <summary>
/// The views that sessions have at the moment, each once. A session has one at a time, so a client makes the gateway keep one
/// at most for each of its sockets. Any thread may call it.
/// </summary>
internal sealed class Views
{
    private readonly Lock _lending = new();
    private readonly Dictionary<ImmutableArray<string>, Loan> _loans = new(new SameSymbols());

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
    public View Lend(ImmutableArray<string> symbols)
    {
        lock (_lending)
        {
            if (!_loans.TryGetValue(symbols, out var loan))
            {
                _loans.Add(symbols, loan = new Loan(new View(symbols)));
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
            if (--_loans[view.Symbols].Sessions == 0)
            {
                _loans.Remove(view.Symbols);
            }
        }
    }

    private sealed class Loan(View view)
    {
        public View View => view;

        public int Sessions { get; set; }
    }

    private sealed class SameSymbols : IEqualityComparer<ImmutableArray<string>>
    {
        public bool Equals(ImmutableArray<string> one, ImmutableArray<string> other) =>
            one == other || one.AsSpan().SequenceEqual(other.AsSpan());

        public int GetHashCode(ImmutableArray<string> symbols)
        {
            var hash = default(HashCode);
            foreach (var symbol in symbols)
            {
                hash.Add(symbol, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
