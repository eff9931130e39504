using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Refuses an unknown place for the silo.</summary>
internal sealed class GatewayClusterOptionsValidator : IValidateOptions<GatewayClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayClusterOptions options) =>
        options.IsExternal || string.Equals(options.Silo, GatewayClusterOptions.Embedded, StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{GatewayClusterOptions.SiloKey} is '{options.Silo}'; set it to {GatewayClusterOptions.Embedded} or {GatewayClusterOptions.External}.");
}
