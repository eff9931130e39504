namespace OrleansTicker.Grains.Prices.Seconds;

/// <summary>A second of <see cref="RecentSeconds{T}"/>.</summary>
/// <typeparam name="T">What is known of it.</typeparam>
internal struct RecentSecond<T>
    where T : struct
{
    /// <summary>Which second it is, counted from the year 1.</summary>
    public long Number;

    /// <summary>When something was last told of it, on a monotonic clock.</summary>
    public TimeSpan TouchedAt;

    /// <summary>Whether what is known has changed since it was last collected.</summary>
    public bool IsChanged;

    /// <summary>What is known.</summary>
    public T Known;
}
