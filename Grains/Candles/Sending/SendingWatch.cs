using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Candles.Sending;

/// <summary>Logs when shards begin to fail and when all of them take candles again, and the first loss in between. Thread-safe.</summary>
internal sealed partial class SendingWatch(ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _failing = [];
    private long _lost;

    /// <summary>Notes that a call has failed.</summary>
    public void NoteFailure(int shard, Exception fault)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = _failing.Count == 0;
            _failing.Add(shard);
        }

        if (isFirst)
        {
            LogFailing(fault, shard);
        }
    }

    /// <summary>Notes that a shard has taken what there was.</summary>
    public void NoteSuccess(int shard)
    {
        long lost;
        lock (_gate)
        {
            if (!_failing.Remove(shard) || _failing.Count > 0)
            {
                return;
            }

            (lost, _lost) = (_lost, 0);
        }

        LogWell(lost);
    }

    /// <summary>Notes candles that are gone, because the shard did not take them for too long.</summary>
    public void NoteLost(int shard, int candles)
    {
        if (candles == 0)
        {
            return;
        }

        bool isFirst;
        lock (_gate)
        {
            isFirst = _lost == 0;
            _lost += candles;
        }

        if (isFirst)
        {
            LogLost(shard);
        }
    }

    /// <summary>Notes how many shards did not get the last candles of a ticker that has ended.</summary>
    public void NoteLeft(int shards)
    {
        if (shards > 0)
        {
            LogLeft(shards);
        }
    }

    [LoggerMessage(1023, LogLevel.Warning, "Shard {Shard} does not take its candles. They are kept for a while and sent again each second; prices are not affected")]
    private partial void LogFailing(Exception fault, int shard);

    [LoggerMessage(1024, LogLevel.Information, "All shards take their candles again; {Lost} candles of seconds were lost")]
    private partial void LogWell(long lost);

    [LoggerMessage(1025, LogLevel.Warning, "Candles of shard {Shard} are lost, because it has taken none for too long. There will be a gap")]
    private partial void LogLost(int shard);

    [LoggerMessage(1026, LogLevel.Warning, "The ticker ends, and {Shards} shards have not taken its last candles")]
    private partial void LogLeft(int shards);
}
