using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Ticker;

/// <summary>Checks <see cref="TickerOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class TickerOptionsValidator : IValidateOptions<TickerOptions>;
