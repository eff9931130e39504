namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Keeps a distance in time between what an exchange wants neither too often nor at once. Thread-safe.</summary>
internal sealed class Pace(TimeSpan distance, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _begunAt = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits for the caller's turn. Turns are given in the order of the calls.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_begunAt);
            wait = _next > now ? _next - now : TimeSpan.Zero;
            _next = now + wait + distance;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
