using System.Globalization;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>Collects from a feed as its owner does, and keeps the newest quote of each symbol.</summary>
internal sealed class FeedQuotes(ExchangeFeed feed)
{
    private readonly List<ExchangeQuote> _changes = [];
    private readonly Dictionary<string, ExchangeQuote> _newest = [];

    public IReadOnlyDictionary<string, ExchangeQuote> Newest
    {
        get
        {
            _changes.Clear();
            feed.Collect(_changes);
            foreach (var quote in _changes)
            {
                _newest[quote.Symbol] = quote;
            }

            return _newest;
        }
    }

    /// <summary>The last price of a symbol with all its digits; empty if there is none.</summary>
    public string Price(string symbol) => Newest.GetValueOrDefault(symbol)?.Last?.ToString(CultureInfo.InvariantCulture) ?? "";

    public Task UntilAsync(string symbol, string price) => Eventually.TrueAsync(() => Price(symbol) == price, $"{symbol} at {price}");

    public Task UntilAwayAsync(string symbol) => Eventually.TrueAsync(() => Newest.GetValueOrDefault(symbol)?.IsAway == true, $"{symbol} is away");
}
