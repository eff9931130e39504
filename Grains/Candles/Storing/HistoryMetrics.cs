using System.Diagnostics.Metrics;

namespace OrleansTicker.Grains.Candles.Storing;

/// <summary>How the writing of candles goes, as metrics of .NET.</summary>
internal sealed class HistoryMetrics
{
    /// <summary>The meter of what silos count.</summary>
    public const string MeterName = "OrleansTicker.Silo";

    private readonly TimeProvider _time;
    private readonly Counter<long> _written;
    private long _unwritten;
    private long _writtenAt;

    public HistoryMetrics(IMeterFactory meters, TimeProvider time)
    {
        (_time, _writtenAt) = (time, time.GetTimestamp());
        var meter = meters.Create(MeterName);
        _written = meter.CreateCounter<long>("ticker.history.written", "{candle}", "Candles that were stored");
        meter.CreateObservableGauge("ticker.history.unwritten", () => Interlocked.Read(ref _unwritten), "{candle}", "Candles that could not be stored yet");
        meter.CreateObservableGauge("ticker.history.behind", () => Behind.TotalSeconds, "s", "Time since everything was stored");
    }

    private TimeSpan Behind => _time.GetElapsedTime(Interlocked.Read(ref _writtenAt));

    /// <summary>Notes how many candles are about to be written.</summary>
    public void NoteUnwritten(int candles) => Interlocked.Exchange(ref _unwritten, candles);

    /// <summary>Notes that they were written.</summary>
    public void NoteWritten()
    {
        _written.Add(Interlocked.Exchange(ref _unwritten, 0));
        Interlocked.Exchange(ref _writtenAt, _time.GetTimestamp());
    }
}
