namespace OrleansTicker.LoadTest.Api;

/// <summary>When requests are due. Thread-safe.</summary>
/// <param name="rate">How many a second; null for each as soon as a connection is free.</param>
/// <param name="length">For how long.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiSchedule(int? rate, TimeSpan length, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long _given = -1;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <summary>Waits for the next request of all.</summary>
    /// <returns>
    /// The time from which it counts, since the beginning: when it was due, even if no connection was free then. Null if none is due any more.
    /// </returns>
    public async Task<TimeSpan?> NextAsync(CancellationToken cancellationToken)
    {
        if (rate is not { } each)
        {
            return Elapsed is var free && free < length ? free : null;
        }

        var due = TimeSpan.FromSeconds((double)Interlocked.Increment(ref _given) / each);
        if (due >= length)
        {
            return null;
        }

        var early = due - Elapsed;
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, time, cancellationToken);
        }

        return due;
    }
}
