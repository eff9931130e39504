namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Recognizes failures of Redis and limits how often they are logged. While Redis is away, Orleans logs each attempt with a stack trace,
/// several times a second in each process. Thread-safe.
/// </summary>
internal sealed class RedisFaults(TimeProvider time)
{
    /// <summary>The time from one entry to the next.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _changing = new();
    private long? _toldAt;
    private int _leftOut;

    /// <summary>Whether the exception comes from Redis or from an Orleans provider that uses it.</summary>
    public static bool IsOne(Exception? exception) =>
        exception is not null
        && (exception.GetType().Name.StartsWith("Redis", StringComparison.Ordinal)
            || IsOne(exception.InnerException)
            || (exception is AggregateException several && several.InnerExceptions.Any(IsOne)));

    /// <summary>Whether an entry may be written, and how many were left out since the last one.</summary>
    public bool MayTell(out int leftOut)
    {
        lock (_changing)
        {
            if (_toldAt is { } at && time.GetElapsedTime(at) < Interval)
            {
                leftOut = 0;
                _leftOut++;
                return false;
            }

            _toldAt = time.GetTimestamp();
            (leftOut, _leftOut) = (_leftOut, 0);
            return true;
        }
    }
}
