namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// Gives memory back after many pages of candles were read: prices allocate so little that the garbage of a flood would stay for minutes. It
/// waits until nobody reads, since a full collection holds up the prices for some ten milliseconds.
/// </summary>
internal sealed class MemoryReturn(CandleReadLimits limits, TimeProvider time) : BackgroundService
{
    /// <summary>How many pages make it worthwhile: they leave up to some hundred megabytes behind.</summary>
    internal const int LeastPages = 100;

    /// <summary>For how long nobody must have read.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>The least time between two collections, whatever clients do.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>The largest heap that is collected. A larger one would take longer, and has less use for what it would give back.</summary>
    private const long LargestHeap = 256 << 20;

    private int _collections;

    /// <summary>How often it has given memory back.</summary>
    public int Collections => Volatile.Read(ref _collections);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (seen, collected, collectedAt) = (0L, 0L, (long?)null);
        using var timer = new PeriodicTimer(Quiet, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var pages = limits.Pages;
            if (pages == seen && pages - collected >= LeastPages && (collectedAt is not { } at || time.GetElapsedTime(at) >= Rest))
            {
                (collected, collectedAt) = (pages, time.GetTimestamp());
                Collect();
            }

            seen = pages;
        }
    }

    private void Collect()
    {
        if (GC.GetGCMemoryInfo().HeapSizeBytes <= LargestHeap)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // Others keep what they free.
            NativeHeap.Trim();
            Interlocked.Increment(ref _collections);
        }
    }
}
