using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Checks <see cref="TickerSessionOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class TickerSessionOptionsValidator : IValidateOptions<TickerSessionOptions>;
