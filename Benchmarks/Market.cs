using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Benchmarks;

/// <summary>A market of so many symbols of which so many change in each tick.</summary>
internal sealed class Market(int symbols, int changing) : IMarketFeed
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string[] _symbols = [.. Enumerable.Range(0, symbols).Select(number => $"S{number:000}-USD")];

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public MarketState Newest { get; private set; } = MarketState.From(
        new MarketSnapshot(1, 1, Noon, [.. Enumerable.Range(0, symbols).Select(number => new MarketQuote(new Quote($"S{number:000}-USD", 100.25m, Noon), 1))]),
        MarketState.Empty);

    /// <summary>The tick that comes next.</summary>
    public Tick NextTick()
    {
        var seq = Newest.At.Seq + 1;
        return NextTick((int)(seq * changing % _symbols.Length));
    }

    /// <summary>The tick that comes next, of the symbols from one on.</summary>
    public Tick NextTick(int first)
    {
        var seq = Newest.At.Seq + 1;
        return new Tick(1, seq, Noon, [.. Enumerable.Range(0, changing).Select(number =>
            new Quote(_symbols[(first + number) % _symbols.Length], 100 + (seq % 1000 / 100m), Noon))]);
    }

    public void Move(Tick tick) => Newest = Newest.Apply(tick);
}
