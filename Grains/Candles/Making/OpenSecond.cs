using System.Runtime.InteropServices;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>What is known of a symbol in one second that may still change. Times are UTC ticks.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct OpenSecond
{
    private decimal _open;
    private decimal _high;
    private decimal _low;
    private decimal _close;
    private decimal _volume;
    private decimal _quoteVolume;
    private long _trades;
    private long _pricedFrom;
    private long _pricedUntil;
    private long _tradedFrom;
    private long _tradedUntil;

    /// <summary>When it begins.</summary>
    public required long Second { get; init; }

    /// <summary>Whether it has changed since it was last sent.</summary>
    public bool IsChanged { get; set; }

    /// <summary>How many batches have left it out, because it is too far ahead of the market.</summary>
    public int Held { get; set; }

    /// <summary>Whether a price was made in it.</summary>
    public bool HasPrice { get; private set; }

    /// <summary>Whether there are trades but no price: the price that stands is then its own.</summary>
    public readonly bool IsFlat => !HasPrice && _trades > 0;

    /// <summary>The price that stands at its end; the default if it says nothing of that.</summary>
    public StandingPrice End { get; private set; }

    /// <summary>Takes a price, or that there is none any more that counts.</summary>
    public void TakePrice(decimal price, long at, bool isStale)
    {
        if (at >= End.At)
        {
            End = new StandingPrice(price, at, isStale);
        }

        if (isStale)
        {
            return;
        }

        if (!HasPrice)
        {
            (HasPrice, _open, _high, _low, _close, _pricedFrom, _pricedUntil) = (true, price, price, price, price, at, at);
            return;
        }

        (_high, _low) = (Math.Max(_high, price), Math.Min(_low, price));
        if (at < _pricedFrom)
        {
            (_open, _pricedFrom) = (price, at);
        }

        if (at >= _pricedUntil)
        {
            (_close, _pricedUntil) = (price, at);
        }
    }

    /// <summary>
    /// Takes all trades that are known of it by now. Reports only grow, so fewer trades than before come from an earlier report, or from a source
    /// that counts anew.
    /// </summary>
    /// <param name="trades">The trades.</param>
    /// <param name="arePrices">Whether they are its prices as well.</param>
    /// <returns>Whether they are news.</returns>
    public bool TakeTrades(in SecondTrades trades, bool arePrices)
    {
        if (trades.Trades < Math.Max(1, _trades))
        {
            return false;
        }

        var (from, until) = (trades.FirstAt.UtcTicks, trades.LastAt.UtcTicks);
        var isSame = trades.Trades == _trades && trades.Volume == _volume && trades.QuoteVolume == _quoteVolume && from == _tradedFrom && until == _tradedUntil;
        (_trades, _volume, _quoteVolume, _tradedFrom, _tradedUntil) = (trades.Trades, trades.Volume, trades.QuoteVolume, from, until);
        if (arePrices)
        {
            isSame &= _open == trades.Open && _high == trades.High && _low == trades.Low && _close == trades.Close;
            (HasPrice, _open, _high, _low, _close) = (true, trades.Open, trades.High, trades.Low, trades.Close);
            (_pricedFrom, _pricedUntil) = (from, until);
        }

        return !isSame;
    }

    /// <summary>Its candle.</summary>
    /// <param name="standing">The price that stands at its beginning.</param>
    /// <param name="position">The batch that it is for.</param>
    /// <returns>Null if there is no price.</returns>
    public readonly Candle? ToCandle(in StandingPrice standing, CandlePosition position)
    {
        if (!HasPrice && (!IsFlat || !standing.Counts))
        {
            return null;
        }

        return new Candle
        {
            OpenTime = ToTime(Second),
            Open = HasPrice ? _open : standing.Price,
            High = HasPrice ? _high : standing.Price,
            Low = HasPrice ? _low : standing.Price,
            Close = HasPrice ? _close : standing.Price,
            Volume = _volume,
            QuoteVolume = _quoteVolume,
            Trades = _trades,
            FirstAt = ToTime(HasPrice ? _pricedFrom : _tradedFrom),
            LastAt = ToTime(HasPrice ? _pricedUntil : _tradedUntil),
            ChangedAt = position,
        };
    }

    private static DateTimeOffset ToTime(long ticks) => new(ticks, TimeSpan.Zero);
}
