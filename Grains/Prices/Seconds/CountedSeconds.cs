using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>The trades of a symbol in each of the last seconds, by the time of the trades. For one thread at a time.</summary>
internal sealed class CountedSeconds
{
    /// <summary>How many seconds are kept: those of <see cref="Kept"/>, and some with wrong times.</summary>
    public const int Most = 16;

    /// <summary>How long a second is kept, and told to who needs all, after its last trade has become known.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly RecentSeconds<CountedSecond> _seconds = new(Most, Kept);

    /// <summary>Adds trades at one price. Those at a price that cannot be one are left out: they would be the highest or the lowest of any time.</summary>
    /// <param name="price">The price.</param>
    /// <param name="size">The size, from zero.</param>
    /// <param name="count">How many trades they are.</param>
    /// <param name="at">When they were made.</param>
    /// <param name="id">The number of the last one; null if it has none.</param>
    /// <param name="now">The time on a monotonic clock.</param>
    public void Add(decimal price, decimal size, int count, DateTimeOffset at, long? id, TimeSpan now)
    {
        if (Plausible.IsPrice(price))
        {
            var index = _seconds.Touch(at, now, out _);
            _seconds[index].Add(price, size, count, at, id);
            _seconds.MarkChanged(index);
        }
    }

    /// <summary>Takes the seconds that have changed since the last call; null if none has.</summary>
    public ImmutableArray<SecondTrades>? TakeChanged() => ToTrades(_seconds.TakeChanged());

    /// <summary>Takes all seconds of <see cref="Kept"/>, whether they have changed or not; null if there are none.</summary>
    /// <param name="now">The time on a monotonic clock.</param>
    public ImmutableArray<SecondTrades>? TakeAll(TimeSpan now)
    {
        _seconds.TakeChanged();
        return ToTrades(_seconds.FindTouched(now, Kept));
    }

    /// <summary>Adds the seconds that have changed since the last call.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="seconds">The list to add to.</param>
    public void TakeChanged(string symbol, List<TradedSecond> seconds)
    {
        for (var left = _seconds.TakeChanged(); left != 0; left &= left - 1)
        {
            seconds.Add(new TradedSecond(symbol, _seconds[BitOperations.TrailingZeroCount(left)].ToTrades()));
        }
    }

    private ImmutableArray<SecondTrades>? ToTrades(uint set)
    {
        if (set == 0)
        {
            return null;
        }

        var trades = new SecondTrades[BitOperations.PopCount(set)];
        for (var (index, left) = (0, set); left != 0; left &= left - 1)
        {
            trades[index++] = _seconds[BitOperations.TrailingZeroCount(left)].ToTrades();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(trades);
    }
}
