using System.Globalization;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>Collects from a source as the ticker does, and keeps the newest quote of each symbol.</summary>
internal sealed class Collected(IPriceSource source)
{
    private readonly List<Quote> _changes = [];
    private readonly List<TradedSecond> _seconds = [];

    public Dictionary<string, Quote> Newest { get; } = [];

    /// <summary>The trades of each second, as they were last told.</summary>
    public Dictionary<(string Symbol, DateTimeOffset Second), SecondTrades> Seconds { get; } = [];

    /// <summary>One turn.</summary>
    public IReadOnlyList<Quote> Turn()
    {
        _changes.Clear();
        source.Collect(_changes);
        foreach (var quote in _changes)
        {
            Newest[quote.Symbol] = quote;
        }

        _seconds.Clear();
        source.CollectTrades(_seconds);
        Assert.Equal(_seconds.Count, _seconds.DistinctBy(second => (second.Symbol, second.Trades.Second)).Count());
        foreach (var (symbol, trades) in _seconds)
        {
            Seconds[(symbol, trades.Second)] = trades;
        }

        return [.. _changes];
    }

    /// <summary>The price of a symbol with all its digits; empty where there is none.</summary>
    public string Price(string symbol)
    {
        Turn();
        return Newest.TryGetValue(symbol, out var quote) ? quote.Price.ToString(CultureInfo.InvariantCulture) : "";
    }

    public Task UntilAsync(string symbol, string price) =>
        Eventually.TrueAsync(() => Price(symbol) == price, $"{symbol} at {price}");
}
