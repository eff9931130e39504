namespace OrleansTicker.Tests.Hosting;

/// <summary>Bounds on what code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    private const int Tries = 3;

    /// <summary>
    /// Runs something that does the same each time, and again where it allocated more than it may: only what every run allocates
    /// is its own. A first run also pays for the compiler and for caches that fill.
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
