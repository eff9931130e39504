using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>A consolidator with exchanges that a test speaks for, and the newest quote of each symbol.</summary>
internal sealed class ConsolidatedMarket(ConsolidationOptions? options = null, bool countsFromZero = false)
{
    public const string Btc = "BTC-USD";

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Consolidator _consolidator = new(options ?? new ConsolidationOptions(), countsFromZero);
    private readonly Dictionary<string, Quote> _newest = [];
    private readonly Dictionary<string, Guid> _feeds = [];

    public Consolidator Consolidator => _consolidator;

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>The date that belongs to <see cref="Now"/>.</summary>
    public DateTimeOffset Date => Noon + Now;

    /// <summary>The newest quote, after a turn.</summary>
    public Quote this[string symbol]
    {
        get
        {
            Turn();
            return _newest[symbol];
        }
    }

    public decimal Price => this[Btc].Price;

    public bool IsStale => this[Btc].IsStale;

    public QuoteDetails Figures => this[Btc].Details!;

    public static ConsolidationOptions Converting(string from = "USDT", string to = "USD") => new() { Quotes = { [from] = to } };

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>The exchange shows a sign of life.</summary>
    public void Live(params string[] exchanges)
    {
        foreach (var exchange in exchanges)
        {
            _consolidator.Hear(exchange, Now);
        }
    }

    public void SetClock(string exchange, TimeSpan ahead) => _consolidator.SetClock(exchange, ahead);

    public void Say(string exchange, ExchangeQuote quote, Guid? feed = null)
    {
        Live(exchange);
        if (!_feeds.TryGetValue(exchange, out var known))
        {
            _feeds.Add(exchange, known = Guid.NewGuid());
        }

        _consolidator.Update(exchange, feed ?? known, quote with { UpdatedAt = quote.UpdatedAt == default ? Date : quote.UpdatedAt }, Now);
    }

    public void Book(string exchange, decimal? bid, decimal? ask, string symbol = Btc) =>
        Say(exchange, new ExchangeQuote { Symbol = symbol, Bid = bid, Ask = ask });

    public void Last(string exchange, decimal price, string symbol = Btc) => Say(exchange, new ExchangeQuote { Symbol = symbol, Last = price });

    /// <summary>Exchanges A, B, C and so on, each with its last trade.</summary>
    public void Lasts(params decimal[] prices)
    {
        for (var index = 0; index < prices.Length; index++)
        {
            Last($"{(char)('A' + index)}", prices[index]);
        }
    }

    public IReadOnlyList<Quote> Turn()
    {
        var changes = new List<Quote>();
        _consolidator.Collect(Now, changes);
        Assert.Equal(changes.Count, changes.DistinctBy(quote => quote.Symbol).Count());
        foreach (var quote in changes)
        {
            _newest[quote.Symbol] = quote;
        }

        return changes;
    }

    /// <summary>Why an exchange does not count; null if it does.</summary>
    public string? Reason(string exchange, string symbol = Btc)
    {
        Turn();
        var excluded = new List<ExcludedSymbol>();
        _consolidator.AddExcluded(exchange, excluded);
        return excluded.SingleOrDefault(one => one.Symbol == symbol)?.Reason;
    }

    public bool Has(string symbol)
    {
        Turn();
        return _newest.ContainsKey(symbol);
    }
}
