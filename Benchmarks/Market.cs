using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// A market with a number of symbols, some of which change in each tick. The quotes of the ticks are made beforehand and repeat.
/// </summary>
/// <param name="symbols">The number of symbols.</param>
/// <param name="changing">How many change in each tick.</param>
/// <param name="always">How many symbols, the first ones, change in every tick besides.</param>
internal sealed class Market(int symbols, int changing, int always = 0) : IMarketFeed
{
    private const int Turns = 256; // Enough that every symbol of the largest market changes.

    /// <summary>A prime that scatters the symbols that change, as on an exchange. It must not divide the number of symbols.</summary>
    private const int Stride = 617;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ImmutableArray<Quote>[] _turns = [.. Enumerable.Range(0, Turns).Select(turn => Turn(turn, symbols, changing, always))];

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public MarketState Newest { get; private set; } = MarketState.From(
        new MarketSnapshot(1, 1, Noon, [.. Enumerable.Range(0, symbols).Select(number => new MarketQuote(QuoteOf(number, 100.25m), 1))]),
        MarketState.Empty);

    /// <summary>The next tick.</summary>
    public Tick NextTick()
    {
        var seq = Newest.At.Seq + 1;
        return new Tick(1, seq, Noon, _turns[seq % Turns]);
    }

    public void Move(Tick tick) => Newest = Newest.Apply(tick);

    private static ImmutableArray<Quote> Turn(int turn, int symbols, int changing, int always) =>
    [
        .. Enumerable.Range(0, always)
            .Concat(Enumerable.Range(turn * changing, changing).Select(number => number * Stride % symbols).Where(number => number >= always))
            .Select(number => QuoteOf(number, 100 + (turn / 100m))),
    ];

    private static Quote QuoteOf(int number, decimal price) => new($"S{number:0000}-USD", price, Noon);
}
