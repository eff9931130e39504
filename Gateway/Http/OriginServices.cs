using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>Adds what decides on other origins.</summary>
internal static class OriginServices
{
    /// <summary>CORS for HTTP and the origin check for sockets, both from section <c>Cors</c>.</summary>
    public static IServiceCollection AddOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(OriginOptions.Section);
        services.AddOptions<OriginOptions>()
            .Bind(section)
            .Validate(
                _ => section[nameof(OriginOptions.Origins)] is null,
                "Cors:Origins is one text; it has to be a list: set Cors:Origins:0, Cors:Origins:1 and so on.")
            .ValidateOnStart();
        services.AddSingleton<OriginOptionsSetup>();
        services.AddSingleton<IPostConfigureOptions<OriginOptions>>(provider => provider.GetRequiredService<OriginOptionsSetup>());
        services.AddSingleton<IValidateOptions<OriginOptions>>(provider => provider.GetRequiredService<OriginOptionsSetup>());
        services.AddSingleton<OriginPolicy>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<OriginOptions>>((cors, origins) =>
            cors.AddDefaultPolicy(policy => policy.WithOrigins(origins.Value.Origins).AllowAnyHeader().AllowAnyMethod()));
        return services;
    }
}
