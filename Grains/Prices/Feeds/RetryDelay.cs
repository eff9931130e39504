using System.Diagnostics.CodeAnalysis;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// How long to wait before the next attempt: drawn evenly from zero to a bound that doubles with each attempt ("full jitter"),
/// so that many clients of a fallen exchange do not come back at once.
/// </summary>
internal sealed class RetryDelay(TimeSpan first, TimeSpan max, Random random)
{
    private int _attempts;

    /// <summary>The wait before the next attempt, at least 1 ms; the one after it may be twice as long.</summary>
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

    /// <summary>Begins again from the first bound.</summary>
    public void Reset() => _attempts = 0;
}
