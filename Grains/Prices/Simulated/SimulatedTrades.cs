using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>
/// The trades of a simulated symbol, and the best bid and ask around its price. Sizes are whole numbers of lots, so that they add up cheaply
/// and have sensible digits: a lot is the power of ten that is worth 0.0001 to 0.001 at the symbol's start price, 0.00000001 BTC for instance.
/// </summary>
/// <param name="home">The symbol's start price.</param>
[SuppressMessage("Security", "CA5394", Justification = "Sizes of a simulated market are no secret, and a seed must repeat them.")]
internal sealed class SimulatedTrades(decimal home)
{
    /// <summary>The largest trade, in lots. Most trades are far smaller: the middle one has 4,000, the average is a ninth of the largest.</summary>
    private const double LargestTrade = 1_000_000;

    /// <summary>The largest size of a bid or an ask, in lots.</summary>
    private const double LargestOffer = 10_000_000;

    /// <summary>The least distance of bid and ask from the price, as a fraction of it, and how much is added to it at most.</summary>
    private const double Distance = 0.0001;

    private readonly decimal _lot = LotAt(home);
    private readonly RollingDay _day = new();
    private readonly CountedSeconds _seconds = new();
    private long _trades;
    private long _lots;
    private long _lastLots;

    /// <summary>Makes a trade at the price that is shown.</summary>
    /// <param name="price">The price.</param>
    /// <param name="at">When it is made.</param>
    /// <param name="age">How long the market has run, on a monotonic clock.</param>
    /// <param name="random">Gives the size.</param>
    public void Make(SimulatedPrice price, DateTimeOffset at, TimeSpan age, Random random)
    {
        var draw = random.NextDouble();
        draw *= draw;
        draw *= draw;
        _lastLots = 1 + (long)(LargestTrade * draw * draw);
        _lots += _lastLots;
        _trades++;
        _day.Add(age.Ticks / RollingDay.PartLength.Ticks, price.Shown, _lastLots);
        _seconds.Add(price.Shown, _lastLots * _lot, count: 1, at, id: null, age);
    }

    /// <summary>Adds the seconds in which trades were made since the last call.</summary>
    public void TakeSeconds(string symbol, List<TradedSecond> seconds) => _seconds.TakeChanged(symbol, seconds);

    /// <summary>All figures after the last trade.</summary>
    public QuoteDetails Describe(SimulatedPrice price, DateTimeOffset at, Random random)
    {
        // No bid is zero: a shown price is thousands of times its last digit.
        var distance = price.FractionOf(Distance + (Distance * random.NextDouble()));
        return new QuoteDetails
        {
            UpdatedAt = at,
            Bid = price.Shown - distance,
            BidSize = NextOffer(random),
            Ask = price.Shown + distance,
            AskSize = NextOffer(random),
            Last = price.Shown,
            LastSize = _lastLots * _lot,
            Open = _day.Open,
            High = _day.High,
            Low = _day.Low,
            DayVolume = _day.Lots * _lot,
            Trades = _trades,
            Volume = _lots * _lot,
            IsSimulated = true,
        };
    }

    private static decimal LotAt(decimal price)
    {
        var lot = 1m;
        for (; lot * price >= 0.001m; lot /= 10)
        {
        }

        for (; lot * price < 0.0001m; lot *= 10)
        {
        }

        return lot;
    }

    private decimal NextOffer(Random random)
    {
        var draw = random.NextDouble();
        return (1 + (long)(LargestOffer * draw * draw)) * _lot;
    }
}
