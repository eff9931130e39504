using System.ComponentModel;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>A symbol, as clients see it.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Base">The currency that is priced; null if the name does not tell.</param>
/// <param name="Quote">The currency that prices are in; null if the name does not tell.</param>
/// <param name="Exchange">The exchange whose prices they are; null for the whole market.</param>
/// <param name="PriceDigits">How many digits behind the point its prices have at present.</param>
internal readonly record struct SymbolJson(
    [property: Description("The symbol, as in all requests and on the WebSocket: BTC-USD in the whole market, coinbase:BTC-USD as one exchange has it.")]
    string Symbol,
    [property: Description("The currency that is priced.")] string? Base,
    [property: Description("The currency that prices are in.")] string? Quote,
    [property: Description("The exchange whose prices they are; left out for the whole market.")] string? Exchange,
    [property: Description("How many digits behind the point the prices have at present.")] int PriceDigits)
{
    private const char Separator = '-';

    /// <summary>What there is to know of a quote's symbol.</summary>
    public static SymbolJson Of(Quote quote)
    {
        var name = quote.Symbol;
        var exchange = SymbolNames.ExchangeOf(name);
        var pair = exchange is null ? name : name[(exchange.Length + 1)..];
        var hyphen = pair.LastIndexOf(Separator);
        return hyphen < 0
            ? new SymbolJson(name, null, null, exchange, DigitsOf(quote))
            : new SymbolJson(name, pair[..hyphen], pair[(hyphen + 1)..], exchange, DigitsOf(quote));
    }

    /// <summary>The most digits behind the point of all its prices, without zeros at the end.</summary>
    private static int DigitsOf(Quote quote)
    {
        var digits = DigitsOf(quote.Price);
        return quote.Details is { } details
            ? new[] { details.Bid, details.Ask, details.Last, details.Open, details.High, details.Low }.Max(price => Math.Max(digits, DigitsOf(price)))
            : digits;
    }

    private static int DigitsOf(decimal? price)
    {
        if (price is not { } known)
        {
            return 0;
        }

        int digits = known.Scale;
        while (digits > 0 && decimal.Round(known, digits - 1) == known)
        {
            digits--;
        }

        return digits;
    }
}
