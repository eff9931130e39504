using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>The quotes of one exchange as it says them, under symbols such as <c>BTC-USD</c>.</summary>
internal sealed class PlainQuotes(RecordingTrack track) : IQuoteMaker
{
    private readonly Dictionary<string, Quote> _quotes = new(StringComparer.Ordinal);
    private readonly List<ExchangeQuote> _said = [];

    public ImmutableArray<FeedStatus> Statuses => [];

    public void Collect(TimeSpan now, List<Quote> changes)
    {
        _said.Clear();
        track.Collect(now, _said);
        foreach (var said in _said)
        {
            if (ExchangeQuotes.ChangeOf(said, said.Symbol, isStale: false, _quotes.GetValueOrDefault(said.Symbol)) is { } change)
            {
                _quotes[said.Symbol] = change;
                changes.Add(change);
            }
        }
    }

    public void CollectTrades(List<TradedSecond> seconds)
    {
        foreach (var said in _said)
        {
            ExchangeQuotes.AddSeconds(said, seconds);
        }
    }
}
