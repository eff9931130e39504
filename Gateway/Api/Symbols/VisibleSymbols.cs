using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>
/// Which symbols of the market a request may see, by the policies. Asking them for thousands of symbols takes longer than everything else, so
/// what a token may see is remembered for a second. Tokens that may see the same share one <see cref="VisibleSet"/>. Any thread may call it.
/// </summary>
internal sealed class VisibleSymbols(SymbolGate gate, TimeProvider time)
{
    /// <summary>How long it takes at most until a change of the policies counts.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    /// <summary>How many answers of the policies, and how many sets, are remembered. Beyond, all are forgotten.</summary>
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<Viewer, Known> _known = [];
    private readonly HashSet<VisibleSet> _sets = [];
    private ImmutableArray<string> _symbols = [];

    /// <summary>How many sets are remembered.</summary>
    public int Sets
    {
        get
        {
            lock (_lock)
            {
                return _sets.Count;
            }
        }
    }

    /// <summary>The symbols that a request may see.</summary>
    /// <param name="context">The request; it has an <see cref="AuthenticatedActor"/>.</param>
    /// <param name="market">The market.</param>
    public VisibleSet Of(HttpContext context, MarketState market)
    {
        var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
        var details = RequestDetails.Of(context);
        var viewer = new Viewer(actor.TokenKey, details.Metadata);
        lock (_lock)
        {
            if (_known.TryGetValue(viewer, out var known) && known.Set.Symbols == market.Symbols && time.GetElapsedTime(known.At) < Validity)
            {
                return known.Set;
            }
        }

        var at = time.GetTimestamp(); // What the policies say afterwards may be newer, never older.
        var set = new VisibleSet(market.Symbols, [.. market.Symbols.Select(symbol => gate.Allows(actor, details, symbol))]);
        lock (_lock)
        {
            MakeRoom(market.Symbols);
            _ = _sets.TryGetValue(set, out var shared) || _sets.Add(shared = set);
            _known[viewer] = new Known(shared, at);
            return shared;
        }
    }

    private void MakeRoom(ImmutableArray<string> symbols)
    {
        // Sets of other symbols are of no use any more, and lists of tickers live as long as they do.
        var isOther = symbols != _symbols;
        _symbols = symbols;
        if (isOther || _known.Count >= Capacity)
        {
            _known.Clear();
        }

        if (isOther || _sets.Count >= Capacity)
        {
            _sets.Clear();
        }
    }

    private readonly record struct Viewer(string TokenKey, RequestMetadata Metadata);

    private readonly record struct Known(VisibleSet Set, long At);
}
