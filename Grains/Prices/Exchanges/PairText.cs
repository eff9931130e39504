namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>Tells symbols such as <c>BTC-USD</c> and the pairs that exchanges write in other ways from each other.</summary>
internal static class PairText
{
    /// <summary>Currencies that others are quoted in. Of two with one ending, the longer comes first.</summary>
    private static readonly string[] QuoteCurrencies =
    [
        "FDUSD", "PYUSD", "RLUSD", "USDT", "USDC", "TUSD", "BUSD", "BIDR", "IDRT", "EURC", "EURI", "USD1", "USDP", "USDS", "USDQ", "EURQ",
        "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "TRY", "BRL", "ARS", "COP", "MXN", "PLN", "RON", "CZK", "UAH", "ZAR", "NGN", "RUB",
        "DAI", "PAX", "XRP", "TRX", "DOT", "BTC", "ETH", "BNB", "SOL",
    ];

    /// <summary>The symbol of two currencies.</summary>
    public static string Join(string baseCurrency, string quoteCurrency) =>
        $"{baseCurrency.ToUpperInvariant()}-{quoteCurrency.ToUpperInvariant()}";

    /// <summary>The two currencies of a pair that are written with a separator; null if there are not two.</summary>
    public static (string Base, string Quote)? Split(string pair, char separator) =>
        pair.Split(separator) is [{ Length: > 0 } first, { Length: > 0 } second] ? (first, second) : null;

    /// <summary>
    /// The symbol of a pair that is written without a separator, such as <c>BTCUSD</c>; null if its end is no known currency. Dollars are
    /// quoted in nothing, so that <c>USDTUSD</c> is <c>USDT-USD</c>.
    /// </summary>
    public static string? SplitByEnd(string pair)
    {
        var upper = pair.ToUpperInvariant();
        var quote = Array.Find(QuoteCurrencies, currency => upper.EndsWith(currency, StringComparison.Ordinal) && upper[..^currency.Length] is not ("" or "USD"));
        return quote is null || !upper.All(char.IsAsciiLetterOrDigit) ? null : $"{upper[..^quote.Length]}-{quote}";
    }
}
