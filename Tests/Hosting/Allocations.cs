namespace OrleansTicker.Tests.Hosting;

/// <summary>Bounds what code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    private const int Tries = 3;

    /// <summary>
    /// Runs an action repeatedly until a run stays below the limit: only what every run allocates is its own. The first runs also pay for
    /// compilation and caches.
    /// </summary>
    public static void AtMost(long bytes, Action action)
    {
        var fewest = long.MaxValue;
        for (var attempt = 0; attempt < Tries && fewest > bytes; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(fewest <= bytes, $"{fewest} bytes were allocated in each of {Tries} runs; at most {bytes} are allowed.");
    }
}
