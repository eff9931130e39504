using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>The state that survives from one connection to the next. Only <see cref="Quotes"/> and <see cref="Situation"/> are thread-safe.</summary>
internal sealed class FeedState(FeedOptions options, TimeProvider time, ILogger logger)
{
    private readonly long _begunAt = time.GetTimestamp();

    public LatestQuotes Quotes { get; } = new(time);

    public FeedSituation Situation { get; } = new();

    public MessageOrder Order { get; } = new();

    public ClockComparison Clock { get; } = new(time, logger);

    public ProductList Products { get; } = new(options.Products, time, logger);

    /// <summary>The error that was logged last; null if prices have come since.</summary>
    public string? LoggedError { get; set; }

    /// <summary>The time since the feed was created, on the monotonic clock.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begunAt);
}
