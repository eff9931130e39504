using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Live prices of one exchange alone, under plain symbols. Where its connection is lost, the last prices remain and are stale.</summary>
internal sealed class ExchangeSource(
    IExchange exchange, FeedOptions options, IReadOnlyCollection<string> symbols, TimeProvider time, ILoggerFactory loggers) : IPriceSource
{
    private readonly ExchangeFeed _feed = new(exchange, options, symbols, time, loggers);
    private readonly HashSet<string> _symbols = new(symbols, StringComparer.Ordinal);
    private readonly Dictionary<string, Quote> _quotes = new(StringComparer.Ordinal);
    private readonly List<ExchangeQuote> _said = [];
    private readonly List<TradedSecond> _seconds = [];
    private long _pricedAt = time.GetTimestamp();

    public PriceSilence Silence => new(time.GetElapsedTime(Interlocked.Read(ref _pricedAt)), _feed.Situation);

    public bool Covers(string symbol) => _symbols.Contains(symbol);

    public void Start() => _feed.Start();

    public void Collect(List<Quote> changes)
    {
        _said.Clear();
        _seconds.Clear();
        _feed.Collect(_said);
        foreach (var said in _said)
        {
            ExchangeQuotes.AddSeconds(said, _seconds);
            var quote = _quotes.GetValueOrDefault(said.Symbol);
            if (ExchangeQuotes.ChangeOf(said, said.Symbol, said.IsAway, quote) is { } change)
            {
                _quotes[said.Symbol] = quote = change;
                changes.Add(change);
            }

            if (quote is { IsStale: false })
            {
                Interlocked.Exchange(ref _pricedAt, time.GetTimestamp());
            }
        }
    }

    public bool IsPricedByTrades(string symbol) => true;

    public void CollectTrades(List<TradedSecond> seconds)
    {
        seconds.AddRange(_seconds);
        _seconds.Clear();
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();
}
