namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>What an exchange asks of its clients, and how its connections live.</summary>
internal sealed record ExchangeRules
{
    /// <summary>The least time between two messages of the client on one connection.</summary>
    public required TimeSpan SendPace { get; init; }

    /// <summary>The least time between two attempts to connect.</summary>
    public required TimeSpan ConnectPace { get; init; }

    /// <summary>How many products one connection may carry.</summary>
    public required int ProductsPerConnection { get; init; }

    /// <summary>How long a connection may be silent before it is taken for dead: longer than the exchange's heartbeats are apart.</summary>
    public required TimeSpan SilenceTimeout { get; init; }

    /// <summary>What keeps a connection alive, and makes the exchange show that it is there; null if it does so by itself.</summary>
    public byte[]? KeepAlive { get; init; }

    /// <summary>
    /// How often <see cref="KeepAlive"/> is sent: several times in the silence after which an exchange no longer counts, or a quiet market would
    /// look like a dead one.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; init; }

    /// <summary>How long the exchange lets a connection live; null if it sets no limit.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The longest message that it sends, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;
}
