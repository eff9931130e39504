using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>Puts together what is known of the trades of a second.</summary>
internal static class SecondTradesExtensions
{
    /// <summary>
    /// What is known of the second from two reports of one source, of which neither holds all trades and many are in both: nothing is counted
    /// twice. A later report of the same life of a feed includes the earlier one, so this is then the later.
    /// </summary>
    public static SecondTrades Merge(this in SecondTrades known, in SecondTrades later) => Enclose(known, later) with
    {
        Trades = Math.Max(known.Trades, later.Trades),
        Volume = Math.Max(known.Volume, later.Volume),
        QuoteVolume = Math.Max(known.QuoteVolume, later.QuoteVolume),
    };

    /// <summary>The trades of two sources, none of which is in both.</summary>
    public static SecondTrades Add(this in SecondTrades known, in SecondTrades other) => Enclose(known, other) with
    {
        Trades = known.Trades + other.Trades,
        Volume = Math.Min(known.Volume + other.Volume, Plausible.MaxVolume),
        QuoteVolume = Math.Min(known.QuoteVolume + other.QuoteVolume, Plausible.MaxVolume),
    };

    /// <summary>The same trades by another clock.</summary>
    /// <param name="trades">The trades.</param>
    /// <param name="ahead">How far the clock is ahead of the other one, in whole seconds.</param>
    public static SecondTrades MovedBack(this in SecondTrades trades, TimeSpan ahead) => ahead == TimeSpan.Zero
        ? trades
        : trades with { Second = trades.Second - ahead, FirstAt = trades.FirstAt - ahead, LastAt = trades.LastAt - ahead };

    /// <summary>The same trades in another quote currency.</summary>
    /// <param name="trades">The trades.</param>
    /// <param name="rate">The price of the currency in the other one.</param>
    public static SecondTrades Converted(this in SecondTrades trades, decimal rate) => trades with
    {
        Open = trades.Open * rate,
        High = trades.High * rate,
        Low = trades.Low * rate,
        Close = trades.Close * rate,
        QuoteVolume = Math.Min(trades.QuoteVolume * rate, Plausible.MaxVolume),
    };

    private static SecondTrades Enclose(in SecondTrades known, in SecondTrades later)
    {
        var (opensLater, closesLater) = (later.FirstAt <= known.FirstAt, later.LastAt >= known.LastAt);
        return known with
        {
            Open = opensLater ? later.Open : known.Open,
            High = Math.Max(known.High, later.High),
            Low = Math.Min(known.Low, later.Low),
            Close = closesLater ? later.Close : known.Close,
            FirstAt = opensLater ? later.FirstAt : known.FirstAt,
            LastAt = closesLater ? later.LastAt : known.LastAt,
        };
    }
}
