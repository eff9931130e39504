using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Checks <see cref="FanoutOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class FanoutOptionsValidator : IValidateOptions<FanoutOptions>;
