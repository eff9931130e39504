using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// The views that sessions have at the moment, each once. A session has one at a time, so a client makes the gateway keep one
/// at most for each of its sockets. Any thread may call it.
/// </summary>
internal sealed class Views
{
    private readonly Lock _changing = new();
    private readonly Dictionary<(ImmutableArray<string> Symbols, bool IsCompressed), SharedView> _shared = new(new SameView());

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _shared.Count;
            }
        }
    }

    /// <summary>The view of these symbols. To be given back once it is no longer used.</summary>
    /// <param name="symbols">The symbols, in ordinal order.</param>
    /// <param name="isCompressed">Whether its frames are deflated.</param>
    public View Acquire(ImmutableArray<string> symbols, bool isCompressed)
    {
        lock (_changing)
        {
            if (!_shared.TryGetValue((symbols, isCompressed), out var shared))
            {
                _shared.Add((symbols, isCompressed), shared = new SharedView(new View(symbols, isCompressed)));
            }

            shared.Sessions++;
            return shared.View;
        }
    }

    /// <summary>Lets go of a view that was acquired.</summary>
    public void Release(View view)
    {
        lock (_changing)
        {
            if (--_shared[(view.Symbols, view.IsCompressed)].Sessions == 0)
            {
                _shared.Remove((view.Symbols, view.IsCompressed));
            }
        }
    }

    private sealed class SharedView(View view)
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
