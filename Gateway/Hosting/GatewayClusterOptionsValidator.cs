using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Validates <see cref="GatewayClusterOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class GatewayClusterOptionsValidator : IValidateOptions<GatewayClusterOptions>;
