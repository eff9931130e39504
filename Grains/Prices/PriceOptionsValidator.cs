using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices;

/// <summary>Refuses an unknown source, and the chosen source's wrong options. The options of the other sources may be anything.</summary>
internal sealed class PriceOptionsValidator(IEnumerable<IPriceSourceKind> kinds) : IValidateOptions<PriceOptions>
{
    public ValidateOptionsResult Validate(string? name, PriceOptions options)
    {
        if (kinds.FirstOrDefault(kind => kind.Name == options.Source) is { } chosen)
        {
            chosen.Validate(); // What is wrong is thrown.
            return ValidateOptionsResult.Success;
        }

        var names = kinds.Select(kind => kind.Name).ToList();
        return ValidateOptionsResult.Fail(
            $"{PriceOptions.Section}:{nameof(PriceOptions.Source)} is '{options.Source}'; set it to {string.Join(", ", names[..^1])} or {names[^1]}.");
    }
}
