using System.Collections.Immutable;
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
    private bool _hasChanged;

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
            ref var second = ref _seconds.Touch(at, now);
            second.Known.Add(price, size, count, at, id);
            second.IsChanged = _hasChanged = true;
        }
    }

    /// <summary>Takes the seconds that have changed since the last call; null if none has.</summary>
    public ImmutableArray<SecondTrades>? TakeChanged() => _hasChanged ? Take(null) : null;

    /// <summary>Takes all seconds of <see cref="Kept"/>, whether they have changed or not; null if there are none.</summary>
    /// <param name="now">The time on a monotonic clock.</param>
    public ImmutableArray<SecondTrades>? TakeAll(TimeSpan now) => Take(now);

    /// <summary>Adds the seconds that have changed since the last call.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="seconds">The list to add to.</param>
    public void TakeChanged(string symbol, List<TradedSecond> seconds)
    {
        foreach (ref var second in _hasChanged ? _seconds.All : [])
        {
            if (second.IsChanged)
            {
                second.IsChanged = false;
                seconds.Add(new TradedSecond(symbol, second.Known.ToTrades(second.Number)));
            }
        }

        _hasChanged = false;
    }

    private ImmutableArray<SecondTrades>? Take(TimeSpan? now)
    {
        var count = 0;
        foreach (ref var second in _seconds.All)
        {
            count += IsTaken(second, now) ? 1 : 0;
        }

        var taken = new SecondTrades[count];
        var index = 0;
        foreach (ref var second in _seconds.All)
        {
            if (IsTaken(second, now))
            {
                taken[index++] = second.Known.ToTrades(second.Number);
            }

            second.IsChanged = false;
        }

        _hasChanged = false;
        return count == 0 ? null : ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }

    private static bool IsTaken(in RecentSecond<CountedSecond> second, TimeSpan? now) =>
        now is { } time ? time - second.TouchedAt <= Kept : second.IsChanged;
}
