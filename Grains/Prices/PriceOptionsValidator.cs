using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Prices.Coinbase;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Grains.Prices;

/// <summary>Refuses an unknown source, and the chosen source's wrong options. The options of the other sources may be anything.</summary>
internal sealed class PriceOptionsValidator(
    IOptions<SimulatedOptions> simulated,
    IOptions<CoinbaseOptions> coinbase,
    IOptions<ReplayOptions> replay) : IValidateOptions<PriceOptions>
{
    public ValidateOptionsResult Validate(string? name, PriceOptions options)
    {
        // Reading the value binds and validates it: what is wrong with it is thrown here, at start.
        object? chosen = options.Source switch
        {
            _ when PriceSourceNames.AreEqual(options.Source, PriceSourceNames.Simulated) => simulated.Value,
            _ when PriceSourceNames.AreEqual(options.Source, PriceSourceNames.Coinbase) => coinbase.Value,
            _ when PriceSourceNames.AreEqual(options.Source, PriceSourceNames.Replay) => replay.Value,
            _ => null,
        };
        return chosen is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{PriceOptions.Section}:{nameof(PriceOptions.Source)} is '{options.Source}'; set it to " +
                $"{PriceSourceNames.Simulated}, {PriceSourceNames.Coinbase} or {PriceSourceNames.Replay}.");
    }
}
