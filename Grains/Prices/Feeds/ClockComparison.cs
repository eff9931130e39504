using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Compares this machine's clock with the exchange's and logs differences; no price depends on it. A difference is logged once, when
/// several messages in a row show it, and again only when it has changed. Not thread-safe.
/// </summary>
internal sealed partial class ClockComparison(TimeProvider time, ILogger logger)
{
    /// <summary>How many messages in a row must show a difference. A single one may have a wrong time.</summary>
    public const int MessagesNeeded = 3;

    /// <summary>The smallest difference, or change of one, that is logged. Messages are in transit for a moment.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(2);

    private TimeSpan _logged; // How far the exchange's clock is ahead, as last logged.
    private int _row; // Messages in a row that show it further ahead than that or, below zero, further behind.

    /// <summary>Compares the clock with the time of a message that was just received.</summary>
    /// <param name="stamp">The time of the message by the exchange's clock.</param>
    /// <param name="isNow">Whether the message was sent at that time. The time of a trade may be long past, and counts only if it is ahead.</param>
    public void Observe(DateTimeOffset stamp, bool isNow)
    {
        var ahead = stamp - time.GetUtcNow();
        _row =
            ahead > _logged + Threshold ? Math.Max(_row, 0) + 1
            : isNow && ahead < _logged - Threshold ? Math.Min(_row, 0) - 1
            : isNow ? 0
            : Math.Min(_row, 0);
        if (Math.Abs(_row) < MessagesNeeded)
        {
            return;
        }

        _row = 0;
        if (ahead.Duration() <= Threshold)
        {
            _logged = TimeSpan.Zero;
            LogAgrees();
        }
        else
        {
            _logged = ahead;
            LogDiffers(TimeSpan.FromSeconds(Math.Round(ahead.Duration().TotalSeconds)), ahead > TimeSpan.Zero ? "behind" : "ahead of");
        }
    }

    [LoggerMessage(2014, LogLevel.Warning, "This machine's clock is {Difference} {Direction} the exchange's. Prices flow all the same, but set the clock")]
    private partial void LogDiffers(TimeSpan difference, string direction);

    [LoggerMessage(2015, LogLevel.Information, "This machine's clock agrees with the exchange's again")]
    private partial void LogAgrees();
}
