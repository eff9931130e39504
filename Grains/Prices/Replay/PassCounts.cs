using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>Counts trades and volumes on from pass to pass, since clients rely on it that they never go down. For one thread at a time.</summary>
internal sealed class PassCounts
{
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds what the passes before have counted.</summary>
    public ImmutableArray<Quote> Continue(ImmutableArray<Quote> quotes) => [.. quotes.Select(Continue)];

    /// <summary>The pass is over: the next one begins to count at zero.</summary>
    public void EndPass()
    {
        foreach (var count in _counts.Values)
        {
            (count.PastTrades, count.PastVolume) = (count.Trades, count.Volume);
        }
    }

    private Quote Continue(Quote quote)
    {
        if (quote.Details is not { } details)
        {
            return quote;
        }

        if (!_counts.TryGetValue(quote.Symbol, out var count))
        {
            _counts.Add(quote.Symbol, count = new Count());
        }

        count.Trades = count.PastTrades + details.Trades;
        count.Volume = Math.Min(count.PastVolume + details.Volume, SymbolBook.MaxVolume);
        return count.Trades == details.Trades && count.Volume == details.Volume
            ? quote
            : quote with { Details = details with { Trades = count.Trades, Volume = count.Volume } };
    }

    private sealed class Count
    {
        public long Trades { get; set; }

        public decimal Volume { get; set; }

        public long PastTrades { get; set; }

        public decimal PastVolume { get; set; }
    }
}
