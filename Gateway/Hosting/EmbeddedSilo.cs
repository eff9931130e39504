using OrleansTicker.Grains.Hosting;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>Runs the grains inside the gateway, so that one command starts everything.</summary>
internal static class EmbeddedSilo
{
    public static WebApplicationBuilder AddEmbeddedSilo(this WebApplicationBuilder builder)
    {
        builder.UseOrleans(silo => silo.UseSoleSilo().AddTicker(builder.Configuration));
        return builder;
    }
}
