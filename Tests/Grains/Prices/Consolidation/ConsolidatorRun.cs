using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>A consolidator with numbered exchanges, which collects when it is told.</summary>
internal sealed class ConsolidatorRun
{
    private readonly List<Quote> _changes = [];

    public Consolidator Consolidator { get; } = new(new ConsolidationOptions { Quotes = { ["USDT"] = "USD", ["USDC"] = "USD" } });

    public TimeSpan Now { get; set; } = TimeSpan.FromMinutes(5);

    public Dictionary<string, Quote> Newest { get; } = [];

    public static Guid Feed { get; } = new(1, 0, 0, new byte[8]);

    public void Live(int exchange) => Consolidator.Hear($"E{exchange}", Now);

    public void Say(int exchange, ExchangeQuote quote) => Hear(new Said(exchange, quote, Feed, true, 0));

    public void Hear(Said said)
    {
        if (said.IsHeard)
        {
            Live(said.Exchange);
        }

        Consolidator.Update($"E{said.Exchange}", said.Feed, said.Quote, Now);
    }

    public IReadOnlyList<Quote> Collect()
    {
        _changes.Clear();
        Consolidator.Collect(Now, _changes);
        Assert.Equal(_changes.Count, _changes.Select(quote => quote.Symbol).Distinct().Count());
        foreach (var quote in _changes)
        {
            Newest[quote.Symbol] = quote;
        }

        return [.. _changes];
    }
}
