namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>
/// What is an exchange's own: its addresses, symbols, messages and limits. Everything else is the same for all and lies in the feed that
/// uses it. Thread-safe and without state.
/// </summary>
internal interface IExchange
{
    /// <summary>Its name in settings and logs, such as <c>Coinbase</c>; in lower case it stands before symbols.</summary>
    string Name { get; }

    /// <summary>The address of its public WebSocket feed.</summary>
    Uri FeedUrl { get; }

    /// <summary>The address of its list of products.</summary>
    Uri ProductsUrl { get; }

    /// <summary>The currency in which it quotes most, USD or USDT: that of the symbols that it is asked for if none are configured.</summary>
    string QuoteCurrency { get; }

    /// <summary>What it asks of its clients.</summary>
    ExchangeRules Rules { get; }

    /// <summary>
    /// The name that the exchange's messages have for a symbol, in their case, by rule, where its list of products is not to be had.
    /// </summary>
    /// <param name="symbol">A symbol such as <c>BTC-USD</c>.</param>
    string ToProduct(string symbol);

    /// <summary>The symbol of a product, by rule.</summary>
    /// <param name="product">The product as the exchange's messages name it.</param>
    /// <returns>The symbol; null if the rule knows none.</returns>
    string? ToSymbol(string product);

    /// <summary>Reads the exchange's list of products.</summary>
    /// <param name="json">The answer of <see cref="ProductsUrl"/>.</param>
    /// <returns>The products that are traded now.</returns>
    /// <exception cref="FormatException">It is not such a list.</exception>
    IReadOnlyList<ListedProduct> ReadProducts(ReadOnlyMemory<byte> json);

    /// <summary>
    /// Creates the text messages that subscribe to the products' best bid and offer, trades and 24 h figures, each as long as the exchange allows.
    /// </summary>
    /// <param name="products">Products, at most <see cref="ExchangeRules.ProductsPerConnection"/>.</param>
    IReadOnlyList<byte[]> Subscribe(IReadOnlyList<string> products);

    /// <summary>Reads a message, live or recorded. Never throws, whatever the bytes are.</summary>
    /// <param name="message">The message.</param>
    /// <param name="events">Is told what it says of products.</param>
    /// <returns>What kind of message it is.</returns>
    ExchangeMessage Read(ReadOnlySpan<byte> message, IExchangeEvents events);
}
