namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>The settings of a live feed. Each exchange has its own section, address and products.</summary>
internal class FeedOptions
{
    /// <summary>The feed's address, <c>wss</c> or <c>ws</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>The products to subscribe to, 1 to 500.</summary>
    public List<string> Products { get; } = [];

    /// <summary>How long a connection may take until the subscription is sent: 1 s to 1 min. Default: 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The silence after which the feed is taken for dead: 2 s to 5 min. Default: 5 s.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait before the first new attempt to connect: 10 ms to 1 min; doubles with each. Default: 500 ms.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before any attempt: <see cref="FirstRetryDelay"/> to 10 min. Default: 30 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest message that is read; longer ones are skipped: 1,024 to 4,194,304 bytes. Default: 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>The file to which every message is added, for the replay source. Default: none, nothing is recorded.</summary>
    public string? RecordPath { get; set; }
}
