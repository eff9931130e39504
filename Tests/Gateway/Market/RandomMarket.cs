using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>
/// A market that changes at random, with the plain list that its state has to equal. New symbols appear, ticks are missed, and
/// new epochs begin.
/// </summary>
internal sealed class RandomMarket(int seed)
{
    /// <summary>All symbols that may appear, in any order.</summary>
    public static readonly IReadOnlyList<string> Symbols = [.. Enumerable.Range(0, 100).Select(number => $"S{number:00}")];

    private readonly Random _random = new(seed);
    private List<(string Symbol, decimal Price, long Seq)> _quotes = [];

    public MarketState State { get; private set; } = MarketState.Empty;

    /// <summary>What the state has to hold.</summary>
    public IReadOnlyList<(string Symbol, decimal Price, long Seq)> Quotes => _quotes;

    /// <summary>The places that the last step changed; null where it was more than one tick.</summary>
    public int[]? Changed { get; private set; }

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
        _quotes = [.. symbols.Take(_random.Next(1, 40)).Select(symbol => (symbol, Price(), 1L))];
        State = MarketState.From(Ticks.Snapshot(State.At.Epoch + 1, 1, [.. _quotes]), State);
        Changed = null;
    }

    private void MissTicks(int ticks)
    {
        for (var seq = State.At.Seq + 1; seq <= State.At.Seq + ticks; seq++)
        {
            Enter(NextTick(), seq);
        }

        State = MarketState.From(Ticks.Snapshot(State.At.Epoch, State.At.Seq + ticks, [.. _quotes]), State);
        Changed = null;
    }

    private void Tick()
    {
        var tick = NextTick();
        var seq = State.At.Seq + 1;
        Enter(tick, seq);
        State = State.Apply(Ticks.Tick(State.At.Epoch, seq, tick));
        Changed = [.. Enumerable.Range(0, _quotes.Count).Where(place => _quotes[place].Seq == seq)];
    }

    /// <summary>A few quotes or very many, and rarely a new symbol, in any order.</summary>
    private (string Symbol, decimal Price)[] NextTick()
    {
        var known = _quotes.Select(quote => quote.Symbol).ToArray();
        var added = Symbols.Except(known).Take(_random.Next(20) == 0 ? _random.Next(1, 20) : 0);
        _random.Shuffle(known);
        var tick = known.Take(_random.Next(3) == 0 ? _random.Next(1, known.Length + 1) : _random.Next(1, 4)).Concat(added).ToArray();
        _random.Shuffle(tick);
        return [.. tick.Select(symbol => (symbol, Price()))];
    }

    private void Enter((string Symbol, decimal Price)[] tick, long seq)
    {
        foreach (var (symbol, price) in tick)
        {
            var place = _quotes.FindIndex(quote => quote.Symbol == symbol);
            if (place < 0)
            {
                _quotes.Add((symbol, price, seq));
            }
            else
            {
                _quotes[place] = (symbol, price, seq);
            }
        }
    }

    private decimal Price() => _random.Next(1, 1000);
}
