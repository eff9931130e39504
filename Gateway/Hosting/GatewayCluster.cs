using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Hosting;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Connects the gateway to its grains: in its own silo, or in those of a cluster.</summary>
internal static class GatewayCluster
{
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static WebApplicationBuilder AddCluster(this WebApplicationBuilder builder)
    {
        var options = new GatewayClusterOptions { Silo = builder.Configuration[GatewayClusterOptions.SiloKey] ?? GatewayClusterOptions.Embedded };
        var result = new GatewayClusterOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(GatewayClusterOptions), result.Failures);
        }

        _ = options.IsExternal ? builder.AddTickerClient() : builder.AddTickerSilo();
        return builder;
    }
}
