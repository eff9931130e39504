namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>The settings of a live feed, named for its exchange: section <c>Ticker:Coinbase</c> and the like.</summary>
internal sealed class FeedOptions
{
    /// <summary>The feed's address, <c>wss</c> or <c>ws</c>. Default: the exchange's public feed, which needs no key.</summary>
    public string? Url { get; set; }

    /// <summary>The address of the exchange's list of products, <c>https</c> or <c>http</c>. Default: the exchange's public one.</summary>
    public string? ProductsUrl { get; set; }

    /// <summary>
    /// The file that keeps the list of products for when it cannot be fetched; none if it is empty. Default: <c>data/products/</c> with the
    /// exchange's name, relative to the content root.
    /// </summary>
    public string? ProductsPath { get; set; }

    /// <summary>The symbols to subscribe to, such as BTC-USD, up to 5,000. Default: those that the source asks for.</summary>
    public List<string> Products { get; } = [];

    /// <summary>How long a connection may take to open: 1 s to 1 min. Default: 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The silence after which a connection is taken for dead: 2 s to 5 min. Default: by the exchange's rules.</summary>
    public TimeSpan? SilenceTimeout { get; set; }

    /// <summary>The longest wait before the first new attempt to connect: 10 ms to 1 min; doubles with each. Default: 500 ms.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The longest wait before any attempt, unless the exchange asks for a longer one: <see cref="FirstRetryDelay"/> to 10 min. Default: 30 s.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest message that is read; longer ones are skipped: 1,024 to 4,194,304 bytes. Default: by the exchange's rules.</summary>
    public int? MaxMessageBytes { get; set; }

    /// <summary>The file to which every message is added, for the replay source. Default: none, nothing is recorded.</summary>
    public string? RecordPath { get; set; }

    /// <summary>Lists that have been given one value instead.</summary>
    internal List<string> NoLists { get; } = [];

    /// <summary>The section of an exchange.</summary>
    public static string SectionOf(string exchange) => $"{PriceOptions.Section}:{exchange}";
}
