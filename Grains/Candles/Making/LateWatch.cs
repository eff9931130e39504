using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Candles.Making;

/// <summary>
/// Counts what came too late for its candle, or too far ahead of the market, and logs the beginning and the end of each time in which that
/// happens. Used only in the ticker's turns.
/// </summary>
internal sealed partial class LateWatch(TimeProvider time, ILogger logger)
{
    /// <summary>How long nothing has to be dropped until it is over.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private long _begunWith;
    private long _droppedAt;
    private bool _isTold;

    /// <summary>How many prices and seconds of trades were dropped so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Notes what came when its candle was final.</summary>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="at">When it was made.</param>
    /// <param name="now">The time of the market, in UTC ticks.</param>
    public void NoteLate(string symbol, DateTimeOffset at, long now)
    {
        if (Note(1))
        {
            LogLate(symbol, at, new DateTimeOffset(now, TimeSpan.Zero));
        }
    }

    /// <summary>Notes seconds that the market never came to.</summary>
    public void NoteAhead(int seconds)
    {
        if (seconds > 0 && Note(seconds))
        {
            LogAhead(seconds);
        }
    }

    /// <summary>Logs the end if nothing has been dropped for long enough.</summary>
    public void Check()
    {
        if (_isTold && time.GetElapsedTime(_droppedAt) >= Calm)
        {
            _isTold = false;
            LogOver(Dropped - _begunWith);
        }
    }

    private bool Note(int count)
    {
        var isFirst = !_isTold;
        _begunWith = isFirst ? Dropped : _begunWith;
        Dropped += count;
        _isTold = true;
        _droppedAt = time.GetTimestamp();
        return isFirst;
    }

    [LoggerMessage(1020, LogLevel.Warning, "What was made of {Symbol} at {At} came too late for its candle: the market's time is {Now}. Prices go on; what else comes too late is counted only")]
    private partial void LogLate(string symbol, DateTimeOffset at, DateTimeOffset now);

    [LoggerMessage(1021, LogLevel.Warning, "{Seconds} seconds of prices are ahead of the market, which never came as far: no candles are made of them. What follows is counted only")]
    private partial void LogAhead(int seconds);

    [LoggerMessage(1022, LogLevel.Information, "Everything comes in time for its candle again; {Dropped} prices or seconds of trades did not")]
    private partial void LogOver(long dropped);
}
