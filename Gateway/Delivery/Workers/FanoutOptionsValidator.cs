using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Validates <see cref="FanoutOptions"/> by the attributes of its properties.</summary>
[OptionsValidator]
internal sealed partial class FanoutOptionsValidator : IValidateOptions<FanoutOptions>;
