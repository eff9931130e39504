namespace OrleansTicker.Grains.Interfaces.Ticker;

/// <summary>How symbols are named: <c>BTC-USD</c> in the whole market, <c>coinbase:BTC-USD</c> as one exchange has it.</summary>
public static class SymbolNames
{
    private const char Separator = ':';

    /// <summary>Whether the symbol is what one exchange says. Clients are sent such symbols only if they name them.</summary>
    public static bool IsOfOneExchange(string symbol) => symbol.Contains(Separator);

    /// <summary>The name of a symbol as one exchange has it, such as <c>coinbase:BTC-USD</c>.</summary>
    /// <param name="exchange">The exchange, such as <c>Coinbase</c>.</param>
    /// <param name="symbol">The symbol, such as <c>BTC-USD</c>.</param>
    public static string OfExchange(string exchange, string symbol) => $"{exchange.ToLowerInvariant()}{Separator}{symbol}";

    /// <summary>The exchange whose symbol it is, as in the symbol: <c>coinbase</c>. Null for the whole market.</summary>
    public static string? ExchangeOf(string symbol) => symbol.IndexOf(Separator) is >= 0 and var length ? symbol[..length] : null;
}
