namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>The live feed of Coinbase Exchange: section <c>Ticker:Coinbase</c>.</summary>
internal sealed class CoinbaseOptions
{
    public const string Section = "Ticker:Coinbase";

    /// <summary>The feed's address, <c>wss</c> or <c>ws</c>. Default: the public feed, which needs no key.</summary>
    public string Url { get; set; } = "wss://ws-feed.exchange.coinbase.com";

    /// <summary>
    /// The products to subscribe to, 1 to 500. Default: BTC-USD, ETH-USD, SOL-USD. The binder adds to a list that is not empty,
    /// so the default is filled in only where nothing was configured.
    /// </summary>
    public List<string> Products { get; } = [];

    /// <summary>How long a connection may take until the subscription is sent: 1 s to 1 min. Default: 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The silence after which the feed is taken for dead: 2 s to 5 min; heartbeats come each second. Default: 5 s.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait before the first new attempt to connect: 10 ms to 1 min; doubles with each. Default: 500 ms.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before any attempt: <see cref="FirstRetryDelay"/> to 10 min. Default: 30 s.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest message that is read; a longer one is passed over: 1,024 to 4,194,304 bytes. Default: 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>The file to which every message is added, for the replay source. Default: none, nothing is recorded.</summary>
    public string? RecordPath { get; set; }

    /// <summary>Sets the default of what was left out.</summary>
    public void FillIn()
    {
        if (Products.Count == 0)
        {
            Products.AddRange(["BTC-USD", "ETH-USD", "SOL-USD"]);
        }
    }
}
