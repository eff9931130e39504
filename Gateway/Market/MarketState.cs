using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>All quotes, each with the seq of its last change, at one (epoch, seq). Immutable, so any thread may read it for as long as it likes.</summary>
internal sealed class MarketState
{
    /// <summary>How many ticks a gateway may plausibly lag behind another.</summary>
    internal const int LongestLead = 64;

    private readonly QuotePages _quotes;
    private readonly SymbolTable _symbols;
    private readonly int[]? _changed; // The places that the last tick changed, in ascending order; null if the state came whole.

    private MarketState(Cursor at, DateTimeOffset publishedAt, QuotePages quotes, SymbolTable symbols, int[]? changed = null)
    {
        At = at;
        PublishedAt = publishedAt;
        _quotes = quotes;
        _symbols = symbols;
        _changed = changed;
    }

    /// <summary>The market before the first tick: no quotes.</summary>
    public static MarketState Empty { get; } = new(default, default, QuotePages.Of([]), new SymbolTable([]));

    /// <summary>The last tick that this state includes.</summary>
    public Cursor At { get; }

    /// <summary>When the ticker published that tick.</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>The number of quotes.</summary>
    public int Count => _quotes.Count;

    /// <summary>The symbols, each at the place of its quote. It is the same array instance as long as they do not change.</summary>
    public ImmutableArray<string> Symbols => _symbols.Symbols;

    /// <summary>The symbols encoded for JSON, each at the place of its quote.</summary>
    public ReadOnlySpan<JsonEncodedText> Names => _symbols.Names;

    /// <summary>The quote at a place; a symbol keeps its place for the whole epoch.</summary>
    public MarketQuote this[int place] => _quotes[place];

    /// <summary>Creates the state from the market that the ticker sent.</summary>
    /// <param name="market">The market.</param>
    /// <param name="previous">The state before, whose symbol table is reused if the symbols are the same.</param>
    public static MarketState From(MarketSnapshot market, MarketState previous)
    {
        ImmutableArray<string> symbols = [.. market.Quotes.Select(quote => quote.Quote.Symbol)];
        return new MarketState(
            new Cursor(market.Epoch, market.Seq),
            market.PublishedAt,
            QuotePages.Of(market.Quotes),
            symbols.SequenceEqual(previous.Symbols) ? previous._symbols : new SymbolTable(symbols));
    }

    /// <summary>The cursor to resume from: the client's, if this state includes it; otherwise the default, which leads to a snapshot.</summary>
    public Cursor Resume(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq <= At.Seq ? asked : default;

    /// <summary>Whether the cursor is at most <see cref="LongestLead"/> ticks ahead, so that another gateway may have sent it.</summary>
    public bool MayReachSoon(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq > At.Seq && asked.Seq - At.Seq <= LongestLead;

    /// <summary>Gets the place of a symbol's quote.</summary>
    /// <returns>Whether there is such a symbol.</returns>
    public bool TryGetPlace(string symbol, out int place) => _symbols.Places.TryGetValue(symbol, out place);

    /// <summary>
    /// Gets the places whose quotes changed after a cursor, in ascending order. A state knows them only for the tick before its own, and
    /// not at all if it came whole.
    /// </summary>
    /// <returns>Whether it knows them.</returns>
    public bool TryGetChanged(Cursor after, out ReadOnlySpan<int> places)
    {
        var isKnown = _changed is not null && after.Epoch == At.Epoch && after.Seq == At.Seq - 1;
        places = isKnown ? _changed : default;
        return isKnown;
    }

    /// <summary>
    /// The state after a tick, which must be the next one of the same epoch. Unless it has new symbols, this costs as much as the tick
    /// changes.
    /// </summary>
    public MarketState Apply(Tick tick)
    {
        if (tick.Epoch != At.Epoch || tick.Seq != At.Seq + 1)
        {
            throw new ArgumentException($"Tick {tick.Epoch}/{tick.Seq} does not follow {At.Epoch}/{At.Seq}.", nameof(tick));
        }

        var (quotes, symbols) = (_quotes, _symbols);
        List<MarketQuote>? added = null;
        var places = new int[tick.Quotes.Length];
        for (var index = 0; index < places.Length; index++)
        {
            var quote = tick.Quotes[index];
            if (!_symbols.Places.TryGetValue(quote.Symbol, out places[index]))
            {
                added ??= [];
                places[index] = Count + added.Count;
                added.Add(new MarketQuote(quote, tick.Seq));
            }
        }

        if (added is not null)
        {
            quotes = quotes.Append(added);
            symbols = new SymbolTable([.. Symbols, .. added.Select(quote => quote.Quote.Symbol)]);
        }

        quotes = quotes.With(places, tick);
        Array.Sort(places);
        return new MarketState(new Cursor(tick.Epoch, tick.Seq), tick.PublishedAt, quotes, symbols, places);
    }

    /// <summary>The places of the symbols, shared by all states until a new symbol appears.</summary>
    private sealed class SymbolTable(ImmutableArray<string> symbols)
    {
        public ImmutableArray<string> Symbols { get; } = symbols;

        public FrozenDictionary<string, int> Places { get; } =
            Enumerable.Range(0, symbols.Length).ToFrozenDictionary(place => symbols[place], StringComparer.Ordinal);

        public JsonEncodedText[] Names { get; } = [.. symbols.Select(symbol => JsonEncodedText.Encode(symbol))];
    }
}
