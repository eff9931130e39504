namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>What a message of an exchange means.</summary>
internal enum ExchangeMessageKind
{
    /// <summary>No message of the exchange, or one about a product without anything usable. No sign of life.</summary>
    Unreadable,

    /// <summary>It says something of products.</summary>
    Data,

    /// <summary>A regular sign of life.</summary>
    Heartbeat,

    /// <summary>The exchange refuses something and says why.</summary>
    Error,

    /// <summary>The exchange asks its clients to connect anew.</summary>
    Reconnect,

    /// <summary>An answer, or a message that is not used: a sign of life.</summary>
    Other,
}
