using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;

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
            var previous = _quotes.GetValueOrDefault(said.Symbol);
            var quote = ExchangeQuotes.From(said, said.Symbol, isStale: false, said.Trades, said.Volume, previous);
            if (quote is not null && quote != previous)
            {
                _quotes[said.Symbol] = quote;
                changes.Add(quote);
            }
        }
    }
}
