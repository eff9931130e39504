using HdrHistogram;

namespace OrleansTicker.LoadTest.Api;

/// <summary>Counts the answers of one connection. Not thread-safe.</summary>
internal sealed class ApiTally
{
    private const long MaxLatency = 3_600_000_000; // microseconds
    private const int Digits = 3;

    /// <summary>How long answers took, in microseconds.</summary>
    public LongHistogram Latencies { get; } = new(MaxLatency, Digits);

    public SortedDictionary<int, long> Statuses { get; } = [];

    public SortedDictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    public long Bytes { get; private set; }

    public void Count(int status, long bytes, TimeSpan took)
    {
        Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        Bytes += bytes;
        Latencies.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 0, MaxLatency));
    }

    public void CountError(string error) => Errors[error] = Errors.GetValueOrDefault(error) + 1;

    /// <summary>Adds another connection's counts.</summary>
    public void Add(ApiTally other)
    {
        Latencies.Add(other.Latencies);
        Bytes += other.Bytes;
        foreach (var (status, count) in other.Statuses)
        {
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        }

        foreach (var (error, count) in other.Errors)
        {
            Errors[error] = Errors.GetValueOrDefault(error) + count;
        }
    }
}
