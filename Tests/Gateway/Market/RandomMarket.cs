using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>
/// A market that changes at random, with the plain list that its state has to equal. New symbols appear, prices change or only the figures
/// beside them, ticks are missed, and new epochs begin.
/// </summary>
internal sealed class RandomMarket(int seed)
{
    /// <summary>All symbols that may appear, in any order.</summary>
    public static readonly IReadOnlyList<string> Symbols = [.. Enumerable.Range(0, 100).Select(number => $"S{number:00}")];

    private readonly Random _random = new(seed);
    private List<MarketQuote> _quotes = [];
    private int _figure;

    public MarketState State { get; private set; } = MarketState.Empty;

    /// <summary>What the state has to hold.</summary>
    public IReadOnlyList<MarketQuote> Quotes => _quotes;

    /// <summary>The places that the last step changed; null where it was more than one tick.</summary>
    public int[]? Changed { get; private set; }

    /// <summary>Those of them that changed for who is sent prices only.</summary>
    public int[]? PricesChanged { get; private set; }

    public void Step()
    {
        switch (_random.Next(100))
        {
            case 0:
            case var _ when State.At.Epoch == 0:
                BeginEpoch();
                break;
            case < 5:
                MissTicks(_random.Next(1, 4));
                break;
            default:
                Tick();
                break;
        }
    }

    private void BeginEpoch()
    {
        var symbols = Symbols.ToArray();
        _random.Shuffle(symbols);
        _quotes = [.. symbols.Take(_random.Next(1, 40)).Select(symbol => new MarketQuote(First(symbol), 1, 1))];
        TakeWhole(State.At.Epoch + 1, 1);
    }

    private void MissTicks(int ticks)
    {
        for (var seq = State.At.Seq + 1; seq <= State.At.Seq + ticks; seq++)
        {
            NextTick(seq);
        }

        TakeWhole(State.At.Epoch, State.At.Seq + ticks);
    }

    /// <summary>The state comes whole. Earlier builds of the ticker do not tell when a price has changed.</summary>
    private void TakeWhole(long epoch, long seq)
    {
        var quotes = _quotes.Select(quote => quote.PriceSeq == quote.Seq && _random.Next(2) == 0 ? quote with { PriceSeq = 0 } : quote);
        State = MarketState.From(new MarketSnapshot(epoch, seq, Ticks.Noon, [.. quotes]), State);
        Changed = PricesChanged = null;
    }

    private void Tick()
    {
        var seq = State.At.Seq + 1;
        State = State.Apply(new Tick(State.At.Epoch, seq, Ticks.Noon, [.. NextTick(seq)]));
        Changed = [.. Enumerable.Range(0, _quotes.Count).Where(place => _quotes[place].Seq == seq)];
        PricesChanged = [.. Enumerable.Range(0, _quotes.Count).Where(place => _quotes[place].PriceSeq == seq)];
    }

    /// <summary>Enters a few quotes or very many, and rarely a new symbol, in any order. Some ticks change no price.</summary>
    private Quote[] NextTick(long seq)
    {
        var places = Enumerable.Range(0, _quotes.Count).ToArray();
        _random.Shuffle(places);
        var onlyFigures = _random.Next(4) == 0;
        var changed = places.Take(_random.Next(3) == 0 ? _random.Next(1, places.Length + 1) : _random.Next(1, 4)).ToArray();
        var added = Symbols.Except(_quotes.Select(quote => quote.Quote.Symbol)).Take(_random.Next(20) == 0 ? _random.Next(1, 20) : 0).ToArray();
        foreach (var place in changed)
        {
            _quotes[place] = Move(_quotes[place], seq, onlyFigures ? 0 : _random.Next(4));
        }

        Quote[] tick = [.. changed.Select(place => _quotes[place].Quote), .. added.Select(First)];
        _random.Shuffle(tick);
        _quotes.AddRange(tick.Where(quote => added.Contains(quote.Symbol)).Select(quote => new MarketQuote(quote, seq, seq)));
        return tick;
    }

    private MarketQuote Move(MarketQuote before, long seq, int kind) => kind switch
    {
        0 => before with { Quote = before.Quote with { Details = new QuoteDetails { Bid = ++_figure } }, Seq = seq },
        1 => new MarketQuote(before.Quote with { IsStale = !before.Quote.IsStale }, seq, seq),
        _ => new MarketQuote(before.Quote with { Price = ++_figure }, seq, seq),
    };

    private Quote First(string symbol) => new(symbol, ++_figure, Ticks.Noon);
}
