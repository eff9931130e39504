using System.Numerics;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>
/// The trades of a symbol at one exchange, second by second, at the time of most exchanges. What its feed says of a second again, after a lost
/// update or in another life, counts only as far as it was not known. For one thread at a time.
/// </summary>
internal sealed class ListingSeconds(string symbol)
{
    /// <summary>More than a feed keeps, so that no second is forgotten of which it may speak again.</summary>
    private const int Most = 2 * CountedSeconds.Most;

    private static readonly TimeSpan Kept = CountedSeconds.Kept * 1.5;

    private readonly RecentSeconds<HeardSecond> _seconds = new(Most, Kept);
    private TimeSpan? _ahead;
    private bool _mayOverlap;
    private uint _fresh; // The seconds of which something has become known in this turn.

    /// <summary>Whether something has become known in this turn.</summary>
    public bool IsFresh => _fresh != 0;

    /// <summary>Whether something has become known since the last <see cref="Collect"/>, for those who look for it.</summary>
    public bool IsNoted { get; set; }

    /// <summary>Takes what the feed says of a second.</summary>
    /// <param name="said">The trades, by the exchange's clock. Those that cannot be are ignored.</param>
    /// <param name="ahead">How far that clock is ahead, in whole seconds. A second stays where it was when its first trade came.</param>
    /// <param name="now">The time on a monotonic clock.</param>
    public void Take(in SecondTrades said, TimeSpan ahead, TimeSpan now)
    {
        if (!IsPlausible(said))
        {
            return;
        }

        var index = _seconds.Touch(said.Second, now, out var isNew);
        ref var heard = ref _seconds[index];
        var before = heard.Whole;
        if (isNew)
        {
            _mayOverlap |= _ahead is { } last && last != ahead;
            _ahead = heard.Ahead = ahead;
            heard.Whole = said.MovedBack(ahead);
        }
        else
        {
            heard.Whole = before.Merge(said.MovedBack(heard.Ahead));
        }

        if (heard.Whole != before)
        {
            heard.FreshTrades += heard.Whole.Trades - before.Trades;
            heard.FreshVolume += heard.Whole.Volume - before.Volume;
            heard.FreshQuoteVolume += heard.Whole.QuoteVolume - before.QuoteVolume;
            _fresh |= 1u << index;
            _seconds.MarkChanged(index);
        }
    }

    /// <summary>Adds what has become known in this turn to the trades of a symbol of the whole market.</summary>
    /// <param name="market">The trades to add to.</param>
    /// <param name="rate">The rate by which prices are converted; null if they are not.</param>
    /// <param name="now">The time on a monotonic clock.</param>
    public void AddFreshTo(MarketSeconds market, decimal? rate, TimeSpan now)
    {
        for (var left = _fresh; left != 0; left &= left - 1)
        {
            var fresh = _seconds[BitOperations.TrailingZeroCount(left)].Fresh;
            market.Add(rate is { } given ? fresh.Converted(given) : fresh, now);
        }
    }

    /// <summary>The turn is over.</summary>
    public void EndTurn()
    {
        for (; _fresh != 0; _fresh &= _fresh - 1)
        {
            ref var heard = ref _seconds[BitOperations.TrailingZeroCount(_fresh)];
            (heard.FreshTrades, heard.FreshVolume, heard.FreshQuoteVolume) = (0, 0, 0);
        }
    }

    /// <summary>Adds the seconds that have changed since the last call.</summary>
    public void Collect(List<TradedSecond> seconds)
    {
        IsNoted = false;
        for (var left = _seconds.TakeChanged(); left != 0; left &= left - 1)
        {
            var index = BitOperations.TrailingZeroCount(left);
            seconds.Add(new TradedSecond(symbol, _mayOverlap ? WithOverlapping(index, ref left) : _seconds[index].Whole));
        }
    }

    /// <summary>When the exchange's clock was found to differ, two of its seconds may have become one of most exchanges'.</summary>
    private SecondTrades WithOverlapping(int index, ref uint left)
    {
        var sum = _seconds[index].Whole;
        for (var other = 0; other < _seconds.Count; other++)
        {
            if (other != index && _seconds[other].Whole.Second == sum.Second)
            {
                sum = sum.Add(_seconds[other].Whole);
                left &= ~(1u << other);
            }
        }

        return sum;
    }

    private static bool IsPlausible(in SecondTrades said) =>
        Plausible.IsPrice(said.Low) && Plausible.IsPrice(said.High) && said.Low <= said.Open && said.Open <= said.High
        && said.Low <= said.Close && said.Close <= said.High
        && said.Trades is > 0 and <= Plausible.MaxTrades && Plausible.Volume(said.Volume) is not null && Plausible.Volume(said.QuoteVolume) is not null
        && Plausible.IsTime(said.Second)
        && said.Second <= said.FirstAt && said.FirstAt <= said.LastAt && said.LastAt - said.Second < TimeSpan.FromSeconds(1);

    private struct HeardSecond
    {
        public SecondTrades Whole;
        public TimeSpan Ahead;
        public long FreshTrades;
        public decimal FreshVolume;
        public decimal FreshQuoteVolume;

        /// <summary>What has become known in this turn. The prices are those of the whole second.</summary>
        public readonly SecondTrades Fresh => Whole with { Trades = FreshTrades, Volume = FreshVolume, QuoteVolume = FreshQuoteVolume };
    }
}
