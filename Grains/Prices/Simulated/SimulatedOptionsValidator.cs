using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Simulated;

/// <summary>Checks <see cref="SimulatedOptions"/>.</summary>
internal sealed class SimulatedOptionsValidator : IValidateOptions<SimulatedOptions>
{
    public const decimal MinPrice = 0.000_000_000_001m;
    public const decimal MaxPrice = 1_000_000_000_000m;

    public ValidateOptionsResult Validate(string? name, SimulatedOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.CheckRange($"{SimulatedOptions.Section}:{nameof(options.Volatility)}", options.Volatility, 0m, 0.1m);
        foreach (var symbol in options.Unreadable)
        {
            result.AddError($"{SimulatedOptions.Section}:{nameof(options.Symbols)}:{symbol} is no number; set it to the symbol's start price");
        }

        foreach (var (symbol, price) in options.Symbols)
        {
            var key = $"{SimulatedOptions.Section}:{nameof(options.Symbols)}";
            result.CheckSymbol(key, symbol);
            result.CheckRange($"{key}:{symbol}", price, MinPrice, MaxPrice);
        }

        return result.Build();
    }
}
