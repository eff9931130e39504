using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>Validates <see cref="ConsolidationOptions"/> by the attributes of its properties, and by its own validation.</summary>
[OptionsValidator]
internal sealed partial class ConsolidationOptionsValidator : IValidateOptions<ConsolidationOptions>;
