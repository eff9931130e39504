using System.Runtime.InteropServices;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>A symbol of the whole market: who votes on its price, and what came of it.</summary>
internal sealed class SymbolState(string name)
{
    private readonly List<Vote> _votes = [];

    public string Name => name;

    /// <summary>The votes, in the order of the exchanges' names: no sum depends on who came first.</summary>
    public ReadOnlySpan<Vote> Votes => CollectionsMarshal.AsSpan(_votes);

    /// <summary>The symbol in which its prices count when they are converted; null if there is none.</summary>
    public SymbolState? Target { get; init; }

    /// <summary>By what they are converted.</summary>
    public ConversionRate? Rate { get; init; }

    /// <summary>Whether it has to be looked at.</summary>
    public bool IsTouched { get; set; }

    /// <summary>The median of the prices that were looked at last.</summary>
    public decimal Median { get; set; }

    /// <summary>The most decimals that two exchanges have used in prices that counted, or the only one.</summary>
    public int Decimals { get; set; }

    /// <summary>The last price that an exchange has counted in; null if there was none yet.</summary>
    public decimal? Price { get; set; }

    /// <summary>The price 24 hours ago, and the highest and lowest since.</summary>
    public (decimal? Open, decimal? High, decimal? Low) Day { get; set; }

    /// <summary>Trades since the epoch began.</summary>
    public long Trades { get; set; }

    /// <summary>The volume of those trades.</summary>
    public decimal Volume { get; set; }

    /// <summary>The trades of its last seconds; null if there were none.</summary>
    public MarketSeconds? Seconds { get; set; }

    /// <summary>The quote that was collected last.</summary>
    public Quote? Collected { get; set; }

    /// <summary>Finds an exchange's vote, or adds it.</summary>
    public Vote VoteOf(ExchangeState exchange)
    {
        var place = 0;
        foreach (var vote in _votes)
        {
            if (vote.Exchange == exchange)
            {
                return vote;
            }

            if (string.Compare(vote.Exchange.Name, exchange.Name, StringComparison.OrdinalIgnoreCase) < 0)
            {
                place++;
            }
        }

        var added = new Vote(exchange);
        _votes.Insert(place, added);
        return added;
    }
}
