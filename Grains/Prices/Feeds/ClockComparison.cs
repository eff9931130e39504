using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Compares this machine's clock with the exchange's and logs differences; no price depends on it. A difference is logged once, when
/// several messages show it, and again only when it has changed. Thread-safe.
/// </summary>
internal sealed partial class ClockComparison(string exchange, TimeProvider time, ILogger logger)
{
    /// <summary>How many messages in a row must show a difference. A single one may have a wrong time.</summary>
    public const int MessagesNeeded = 3;

    /// <summary>
    /// In how many seconds every message must show that the exchange is behind, where messages may also tell of what was long ago: after a
    /// subscription, an exchange sends the last trade of each product at once.
    /// </summary>
    public const int SecondsNeeded = 10;

    /// <summary>The smallest difference, or change of one, that is logged. Messages are in transit for a moment.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly long _begunAt = time.GetTimestamp();
    private TimeSpan _logged; // How far the exchange's clock is ahead, as last logged.
    private int _row; // Messages in a row that show it further ahead than that or, below zero, further behind.
    private int _lateSeconds; // Seconds in a row in which every message shows it further behind.
    private long _lateSecond;
    private TimeSpan _leastLate;

    /// <summary>How far the exchange's clock is ahead, as far as it was logged; null if the clocks agree or nothing is known.</summary>
    public TimeSpan? Difference
    {
        get
        {
            lock (_lock)
            {
                return _logged == TimeSpan.Zero ? null : _logged;
            }
        }
    }

    /// <summary>Compares the clock with the time of a message that was just received.</summary>
    /// <param name="stamp">The time of the message by the exchange's clock.</param>
    /// <param name="isNow">Whether the message was certainly sent at that time. That of a trade may be long past.</param>
    public void Observe(DateTimeOffset stamp, bool isNow)
    {
        var ahead = stamp - time.GetUtcNow();
        lock (_lock)
        {
            var isLate = ahead < _logged - Threshold;
            _row =
                ahead > _logged + Threshold ? Math.Max(_row, 0) + 1
                : isNow && isLate ? Math.Min(_row, 0) - 1
                : isNow ? 0
                : Math.Min(_row, 0);
            ObserveLate(ahead, isLate);
            if (Math.Abs(_row) >= MessagesNeeded)
            {
                Tell(ahead);
            }
            else if (_lateSeconds >= SecondsNeeded)
            {
                Tell(_leastLate);
            }
        }
    }

    private void ObserveLate(TimeSpan ahead, bool isLate)
    {
        if (!isLate)
        {
            _lateSeconds = 0;
            return;
        }

        var second = (long)time.GetElapsedTime(_begunAt).TotalSeconds;
        _leastLate = _lateSeconds == 0 || ahead > _leastLate ? ahead : _leastLate;
        if (_lateSeconds == 0 || second != _lateSecond)
        {
            (_lateSeconds, _lateSecond) = (_lateSeconds + 1, second);
        }
    }

    private void Tell(TimeSpan ahead)
    {
        (_row, _lateSeconds) = (0, 0);
        if (ahead.Duration() <= Threshold)
        {
            _logged = TimeSpan.Zero;
            LogAgrees(exchange);
        }
        else
        {
            _logged = ahead;
            LogDiffers(exchange, TimeSpan.FromSeconds(Math.Round(ahead.Duration().TotalSeconds)), ahead > TimeSpan.Zero ? "ahead of" : "behind");
        }
    }

    [LoggerMessage(2014, LogLevel.Warning, "The clock of {Exchange} is {Difference} {Direction} this machine's. Prices flow all the same. If other exchanges differ alike, set this machine's clock")]
    private partial void LogDiffers(string exchange, TimeSpan difference, string direction);

    [LoggerMessage(2015, LogLevel.Information, "The clock of {Exchange} agrees with this machine's again")]
    private partial void LogAgrees(string exchange);
}
