using System.Collections.Immutable;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>Market states and ticks for tests.</summary>
internal static class Ticks
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static MarketState State(long epoch, long seq, params (string Symbol, decimal Price, long Seq)[] quotes) =>
        MarketState.From(Snapshot(epoch, seq, quotes), MarketState.Empty);

    public static MarketSnapshot Snapshot(long epoch, long seq, params (string Symbol, decimal Price, long Seq)[] quotes) =>
        new(epoch, seq, Noon, [.. quotes.Select(quote => new MarketQuote(new Quote(quote.Symbol, quote.Price, Noon), quote.Seq))]);

    public static Tick Tick(long epoch, long seq, params (string Symbol, decimal Price)[] quotes) =>
        new(epoch, seq, Noon, [.. quotes.Select(quote => new Quote(quote.Symbol, quote.Price, Noon))]);

    public static ImmutableArray<(string Symbol, decimal Price, long Seq)> Contents(this MarketState state) =>
        [.. Enumerable.Range(0, state.Count).Select(place => (state[place].Quote.Symbol, state[place].Quote.Price, state[place].Seq))];
}
