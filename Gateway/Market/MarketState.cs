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

    private readonly MarketQuote[] _quotes;
    private readonly SymbolTable _symbols;

    private MarketState(Cursor at, DateTimeOffset publishedAt, MarketQuote[] quotes, SymbolTable symbols)
    {
        At = at;
        PublishedAt = publishedAt;
        _quotes = quotes;
        _symbols = symbols;
    }

    /// <summary>The market before the first tick: no quotes.</summary>
    public static MarketState Empty { get; } = new(default, default, [], SymbolTable.Of([]));

    /// <summary>The tick up to which this is the market.</summary>
    public Cursor At { get; }

    /// <summary>When the ticker published that tick.</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>Every quote; a symbol keeps its place for the whole epoch.</summary>
    public ReadOnlySpan<MarketQuote> Quotes => _quotes;

    /// <summary>The symbols, each at the place of its quote. The very same array for as long as they stay the same.</summary>
    public ImmutableArray<string> Symbols => _symbols.Symbols;

    /// <summary>The names of the symbols as JSON has them, each at the place of its quote.</summary>
    public ReadOnlySpan<JsonEncodedText> Names => _symbols.Names;

    /// <summary>The state that the ticker hands out.</summary>
    /// <param name="market">What it hands out.</param>
    /// <param name="previous">The state before, whose symbols are kept where they are the same.</param>
    public static MarketState From(MarketSnapshot market, MarketState previous)
    {
        var quotes = market.Quotes.ToArray();
        var isSame = quotes.Select(quote => quote.Quote.Symbol).SequenceEqual(previous.Symbols);
        return new MarketState(
            new Cursor(market.Epoch, market.Seq), market.PublishedAt, quotes, isSame ? previous._symbols : SymbolTable.Of(quotes));
    }

    /// <summary>Where a client goes on that comes with this cursor: there, or where it says nothing here, at the beginning.</summary>
    public Cursor Resume(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq <= At.Seq ? asked : default;

    /// <summary>Whether another gateway may be so far ahead.</summary>
    public bool IsSoonAt(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq > At.Seq && asked.Seq - At.Seq <= LongestLead;

    /// <summary>The place of a symbol's quote.</summary>
    /// <returns>Whether there is such a symbol.</returns>
    public bool TryGetPlace(string symbol, out int place) => _symbols.Places.TryGetValue(symbol, out place);

    /// <summary>The state after a tick, which must be the next one of the same epoch.</summary>
    public MarketState Apply(Tick tick)
    {
        if (tick.Epoch != At.Epoch || tick.Seq != At.Seq + 1)
        {
            throw new ArgumentException($"Tick {tick.Epoch}/{tick.Seq} does not follow {At.Epoch}/{At.Seq}.", nameof(tick));
        }

        var quotes = _quotes.AsSpan().ToArray();
        List<MarketQuote>? added = null;
        foreach (var quote in tick.Quotes)
        {
            if (_symbols.Places.TryGetValue(quote.Symbol, out var place))
            {
                quotes[place] = new MarketQuote(quote, tick.Seq);
            }
            else
            {
                (added ??= []).Add(new MarketQuote(quote, tick.Seq));
            }
        }

        var symbols = _symbols;
        if (added is not null)
        {
            quotes = [.. quotes, .. added];
            symbols = SymbolTable.Of(quotes);
        }

        return new MarketState(new Cursor(tick.Epoch, tick.Seq), tick.PublishedAt, quotes, symbols);
    }

    /// <summary>Where each symbol stands, shared by all states until a new symbol appears.</summary>
    private sealed class SymbolTable(ImmutableArray<string> symbols)
    {
        public ImmutableArray<string> Symbols { get; } = symbols;

        public FrozenDictionary<string, int> Places { get; } =
            Enumerable.Range(0, symbols.Length).ToFrozenDictionary(place => symbols[place], StringComparer.Ordinal);

        public JsonEncodedText[] Names { get; } = [.. symbols.Select(symbol => JsonEncodedText.Encode(symbol))];

        public static SymbolTable Of(IEnumerable<MarketQuote> quotes) => new([.. quotes.Select(quote => quote.Quote.Symbol)]);
    }
}
