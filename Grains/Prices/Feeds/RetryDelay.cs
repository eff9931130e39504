using System.Diagnostics.CodeAnalysis;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The delay before the next attempt: random, up to a bound that doubles with each attempt ("full jitter"), so that the clients of an
/// exchange that was down do not all return at once.
/// </summary>
internal sealed class RetryDelay(TimeSpan first, TimeSpan max, Random random)
{
    private int _attempts;

    /// <summary>Returns the next delay, at least 1 ms, and doubles the bound.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Jitter spreads load and keeps no secret.")]
    public TimeSpan Next()
    {
        var bound = first * Math.Pow(2, _attempts);
        if (bound < max)
        {
            _attempts++;
        }
        else
        {
            bound = max;
        }

        var delay = bound * random.NextDouble();
        return delay > TimeSpan.FromMilliseconds(1) ? delay : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Returns to the first bound.</summary>
    public void Reset() => _attempts = 0;
}
