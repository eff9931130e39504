using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What the connections to the feed, one after the other, share. <see cref="Quotes"/> and <see cref="Situation"/> are for any thread.</summary>
internal sealed class FeedState(FeedOptions options, TimeProvider time, ILogger logger)
{
    private readonly long _begunAt = time.GetTimestamp();

    public LatestQuotes Quotes { get; } = new(time);

    public FeedSituation Situation { get; } = new();

    public MessageOrder Order { get; } = new();

    public ClockComparison Clock { get; } = new(time, logger);

    public ProductList Products { get; } = new(options.Products, time, logger);

    /// <summary>The error that was told last; null where prices have come since.</summary>
    public string? ToldError { get; set; }

    /// <summary>The time since the beginning, on the monotonic clock.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_begunAt);
}
