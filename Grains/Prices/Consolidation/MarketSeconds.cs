using System.Numerics;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// The trades of a symbol of the whole market, second by second: the sum over the exchanges that counted in its price when the trades became
/// known. For one thread at a time.
/// </summary>
internal sealed class MarketSeconds(string symbol)
{
    /// <summary>As many as of one exchange, since all tell of the same seconds, unless their times are wrong.</summary>
    private const int Most = 2 * CountedSeconds.Most;

    private readonly RecentSeconds<SecondTrades> _seconds = new(Most, CountedSeconds.Kept * 1.5);

    /// <summary>Whether something has become known since the last <see cref="Collect"/>, for those who look for it.</summary>
    public bool IsNoted { get; set; }

    /// <summary>Adds trades of one exchange that were not known before.</summary>
    public void Add(in SecondTrades fresh, TimeSpan now)
    {
        var index = _seconds.Touch(fresh.Second, now, out var isNew);
        _seconds[index] = isNew ? fresh : _seconds[index].Add(fresh);
        _seconds.MarkChanged(index);
    }

    /// <summary>Adds the seconds that have changed since the last call.</summary>
    public void Collect(List<TradedSecond> seconds)
    {
        IsNoted = false;
        for (var left = _seconds.TakeChanged(); left != 0; left &= left - 1)
        {
            seconds.Add(new TradedSecond(symbol, _seconds[BitOperations.TrailingZeroCount(left)]));
        }
    }
}
