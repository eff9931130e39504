using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Checks <see cref="GatewayClusterOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class GatewayClusterOptionsValidator : IValidateOptions<GatewayClusterOptions>;
