using System.Collections.Immutable;
using System.Text.Json;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>
/// All quotes, each with the ticks that last changed it, at one (epoch, seq), and where they come from. Immutable, so any thread may read
/// it for as long as it likes.
/// </summary>
internal sealed class MarketState
{
    /// <summary>How many ticks a gateway may plausibly lag behind another.</summary>
    internal const int LongestLead = 64;

    private readonly QuotePages _quotes;
    private readonly SymbolTable _symbols;
    private readonly TickChanges? _changes; // Null if the state came whole.

    private MarketState(
        Cursor at, DateTimeOffset publishedAt, QuotePages quotes, SymbolTable symbols, PriceOrigin origin, TickChanges? changes = null)
    {
        At = at;
        PublishedAt = publishedAt;
        Origin = origin;
        _quotes = quotes;
        _symbols = symbols;
        _changes = changes;
    }

    /// <summary>The market before the first tick: no quotes.</summary>
    public static MarketState Empty { get; } = new(default, default, QuotePages.Of([]), new SymbolTable([], null), PriceOrigin.Unknown);

    /// <summary>The last tick that this state includes.</summary>
    public Cursor At { get; }

    /// <summary>When the ticker published that tick.</summary>
    public DateTimeOffset PublishedAt { get; }

    /// <summary>Where the prices come from. It is the same instance as long as nothing of it changes.</summary>
    public PriceOrigin Origin { get; }

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
    /// <param name="previous">The state before, whose symbols and origin are reused if they are the same.</param>
    public static MarketState From(MarketSnapshot market, MarketState previous)
    {
        ImmutableArray<string> symbols = [.. market.Quotes.Select(quote => quote.Quote.Symbol)];
        return new MarketState(
            new Cursor(market.Epoch, market.Seq),
            market.PublishedAt,
            QuotePages.Of([.. market.Quotes.Select(quote => quote.PriceSeq == 0 ? quote with { PriceSeq = quote.Seq } : quote)]),
            symbols.SequenceEqual(previous.Symbols) ? previous._symbols : new SymbolTable(symbols, previous._symbols),
            previous.Origin.After(market.Source, market.Feeds));
    }

    /// <summary>The cursor to resume from: the client's, if this state includes it; otherwise the default, which leads to a snapshot.</summary>
    public Cursor Resume(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq <= At.Seq ? asked : default;

    /// <summary>Whether the cursor is at most <see cref="LongestLead"/> ticks ahead, so that another gateway may have sent it.</summary>
    public bool MayReachSoon(Cursor asked) => asked.Epoch == At.Epoch && asked.Seq > At.Seq && asked.Seq - At.Seq <= LongestLead;

    /// <summary>Gets the place of a symbol's quote.</summary>
    /// <returns>Whether there is such a symbol.</returns>
    public bool TryGetPlace(string symbol, out int place) => _symbols.Places.TryGetValue(symbol, out place);

    /// <summary>
    /// The part of the market's symbols that a client's view depends on: those of the whole market, or all if the client wants some of single
    /// exchanges. It is the same array instance as long as that part does not change.
    /// </summary>
    /// <param name="wanted">The symbols that the client has subscribed to; null for all of the whole market.</param>
    public ImmutableArray<string> SymbolsFor(ImmutableArray<string>? wanted) =>
        wanted is { } names && names.Any(SymbolNames.IsOfOneExchange) ? Symbols : _symbols.WholeMarket;

    /// <summary>Whether these are the symbols of this state, all of them or those of the whole market: the result of <see cref="SymbolsFor"/>.</summary>
    public bool HasSymbols(ImmutableArray<string> symbols) => symbols == Symbols || symbols == _symbols.WholeMarket;

    /// <summary>The symbols of the whole market, and of single exchanges those that are named.</summary>
    public ImmutableArray<string> SymbolsWith(IEnumerable<string> names)
    {
        ImmutableArray<string> named = [.. names.Where(name => SymbolNames.IsOfOneExchange(name) && TryGetPlace(name, out _)).Distinct()];
        return named.IsEmpty ? _symbols.WholeMarket : [.. _symbols.WholeMarket, .. named];
    }

    /// <summary>The seq of the last change of a quote that a client sees at a level of detail.</summary>
    public long LastChange(int place, DetailLevel detail) => detail == DetailLevel.Price ? _quotes[place].PriceSeq : _quotes[place].Seq;

    /// <summary>
    /// Gets the places whose quotes changed after a cursor, in ascending order. A state knows them only for the tick before its own, and
    /// not at all if it came whole.
    /// </summary>
    /// <param name="after">The cursor.</param>
    /// <param name="detail">The level of detail at which a client has to see the change.</param>
    /// <param name="places">The places.</param>
    /// <returns>Whether it knows them.</returns>
    public bool TryGetChanged(Cursor after, DetailLevel detail, out ReadOnlySpan<int> places)
    {
        var isKnown = _changes is not null && after.Epoch == At.Epoch && after.Seq == At.Seq - 1;
        places = isKnown ? _changes!.At(detail) : default;
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
                added.Add(new MarketQuote(quote, tick.Seq, tick.Seq));
            }
        }

        if (added is not null)
        {
            quotes = quotes.Append(added);
            symbols = new SymbolTable([.. Symbols, .. added.Select(quote => quote.Quote.Symbol)], _symbols);
        }

        quotes = quotes.With(places, tick, out var prices);
        Array.Sort(places);
        return new MarketState(
            new Cursor(tick.Epoch, tick.Seq), tick.PublishedAt, quotes, symbols, Origin.After(null, tick.Feeds), TickChanges.Of(places, quotes, tick.Seq, prices));
    }

    /// <summary>The same market, with what is now known of the exchanges.</summary>
    /// <param name="feeds">The exchanges; null if nothing of them has changed.</param>
    /// <returns>This state, if that is what it says already.</returns>
    public MarketState With(ImmutableArray<FeedStatus>? feeds) =>
        Origin.After(null, feeds) is var known && ReferenceEquals(known, Origin) ? this : new MarketState(At, PublishedAt, _quotes, _symbols, known, _changes);
}
