using System.Globalization;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>Says in words why an exchange does not count in the price of a symbol.</summary>
internal static class ExclusionReason
{
    public static string Of(Vote vote, SymbolState symbol, ConsolidationOptions options, TimeSpan now)
    {
        var source = vote.Source;
        return vote.Exclusion switch
        {
            Exclusion.Away => "The exchange sends nothing of it at present.",
            Exclusion.Old => Text(
                $"It was last mentioned {source.AgeAt(now).TotalSeconds:0.#} s ago, more than {options.MaxQuoteAge.TotalSeconds:0.#} s."),
            Exclusion.Crossed => Text($"The book is crossed: its bid {source.Figures.Bid} is above its ask {source.Figures.Ask}."),
            Exclusion.Unpriced => "Neither a bid and an ask nor a trade is known.",
            Exclusion.Implausible => Text($"Its price is not between {Plausible.MinPrice} and {Plausible.MaxPrice}."),
            Exclusion.Unconvertible => Text($"{source.Symbol.Name} cannot be converted: {What(vote.Rate!)}."),
            Exclusion.Straying => Text(
                $"Its price {PriceDigits.Trim(vote.Price)} is {Percent(Distance(vote, symbol))} from the median {PriceDigits.Trim(symbol.Median)}. ") +
                $"It counts again within {Percent(options.MaxDeviation / 2)}.",
            _ => "The exchange is not live.",
        };
    }

    private static string What(ConversionRate rate) =>
        rate.Symbol.Collected is null ? $"there is no price of {rate.Symbol.Name}" : $"the price of {rate.Symbol.Name} is stale";

    private static decimal Distance(Vote vote, SymbolState symbol) => Math.Abs(vote.Price - symbol.Median) / symbol.Median;

    private static string Percent(decimal fraction) => Text($"{fraction * 100:0.###} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
