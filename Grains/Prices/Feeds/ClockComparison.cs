using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// Compares this machine's clock with the exchange's, for people: no price depends on it. A difference is told once, with its
/// size, when several messages in a row show it, and again only when it has changed. One caller at a time.
/// </summary>
internal sealed partial class ClockComparison(TimeProvider time, ILogger logger)
{
    /// <summary>How many messages in a row must show a difference: one alone may be stamped wrong.</summary>
    public const int Row = 3;

    /// <summary>The smallest difference, or change of one, that is told: messages take a moment on their way.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(2);

    private TimeSpan _told; // How far the exchange's clock is ahead, as was told last.
    private int _row; // Messages in a row by which it is further ahead than that; below zero, further behind.

    /// <summary>Notes a message that has just come.</summary>
    /// <param name="stamp">Its time by the exchange's clock.</param>
    /// <param name="isNow">Whether it was sent at that time. A trade's may be long past, and then says nothing unless it is ahead.</param>
    public void Observe(DateTimeOffset stamp, bool isNow)
    {
        var ahead = stamp - time.GetUtcNow();
        _row =
            ahead > _told + Threshold ? Math.Max(_row, 0) + 1
            : isNow && ahead < _told - Threshold ? Math.Min(_row, 0) - 1
            : isNow ? 0
            : Math.Min(_row, 0);
        if (Math.Abs(_row) < Row)
        {
            return;
        }

        _row = 0;
        if (ahead.Duration() <= Threshold)
        {
            _told = TimeSpan.Zero;
            LogAgrees();
        }
        else
        {
            _told = ahead;
            LogDiffers(TimeSpan.FromSeconds(Math.Round(ahead.Duration().TotalSeconds)), ahead > TimeSpan.Zero ? "behind" : "ahead of");
        }
    }

    [LoggerMessage(2014, LogLevel.Warning, "This machine's clock is {Difference} {Direction} the exchange's. Prices flow all the same, but set the clock")]
    private partial void LogDiffers(TimeSpan difference, string direction);

    [LoggerMessage(2015, LogLevel.Information, "This machine's clock agrees with the exchange's again")]
    private partial void LogAgrees();
}
