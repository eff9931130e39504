using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Consolidation;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>Checks <see cref="ExchangesOptions"/>.</summary>
internal sealed class ExchangesOptionsValidator(IEnumerable<IExchange> exchanges, IOptions<ConsolidationOptions> consolidation) : IValidateOptions<ExchangesOptions>
{
    public ValidateOptionsResult Validate(string? name, ExchangesOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.CheckLists(options.NoLists);
        var known = exchanges.Select(exchange => exchange.Name).ToList();
        foreach (var exchange in options.Names.Where(exchange => !known.Contains(exchange)))
        {
            result.AddError($"{ExchangesOptions.Section}:{nameof(options.Names)} has '{exchange}'; the exchanges are {string.Join(", ", known[..^1])} and {known[^1]}.");
        }

        if (consolidation.Value.MinSources > options.Names.Count)
        {
            result.AddError(
                $"{ConsolidationOptions.Section}:{nameof(ConsolidationOptions.MinSources)} is {consolidation.Value.MinSources}, but the exchanges are {options.Names.Count}, so that every price would be stale; set it to at most that.");
        }

        result.CheckRange($"The number of {ExchangesOptions.Section}:{nameof(options.Symbols)}", options.Symbols.Count, 1, ExchangesOptions.MaxSymbols);
        foreach (var symbol in options.Symbols.Where(symbol => !IsPair(symbol)))
        {
            result.AddError($"{ExchangesOptions.Section}:{nameof(options.Symbols)} has '{symbol}'; a symbol of exchanges is two currencies in capitals, such as BTC-USD.");
        }

        return result.Build();
    }

    private static bool IsPair(string symbol) =>
        SettingChecks.IsPair(symbol) && symbol.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-');
}
