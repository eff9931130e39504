using HdrHistogram;

namespace OrleansTicker.LoadTest.Load;

/// <summary>How old prices were when clients received them, in milliseconds.</summary>
internal sealed record AgeReport(long Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <param name="ages">The ages, in microseconds.</param>
    public static AgeReport? Of(HistogramBase ages)
    {
        double At(double percentile) => ages.GetValueAtPercentile(percentile) / 1000.0;
        return ages.TotalCount == 0 ? null : new AgeReport(ages.TotalCount, At(50), At(90), At(99), At(99.9), At(100));
    }
}
