using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OrleansTicker.Gateway.Http;

/// <summary>Adds the services that decide about other origins.</summary>
internal static class OriginServices
{
    /// <summary>What docs/protocol.md and docs/api.md tell clients to read; a page of another origin reads only a few headers that are not named.</summary>
    private static readonly string[] Exposed =
        [HeaderNames.Allow, HeaderNames.ETag, HeaderNames.Link, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate];

    /// <summary>CORS for HTTP and the origin check for sockets, both from section <c>Cors</c>.</summary>
    public static IServiceCollection AddOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(OriginOptions.Section);
        services.AddOptionsWithValidateOnStart<OriginOptions, OriginOptionsValidator>()
            .Bind(section)
            .ValidateList(section, nameof(OriginOptions.Origins));
        services.AddSingleton<IPostConfigureOptions<OriginOptions>, OriginOptionsSetup>();
        services.AddSingleton<OriginPolicy>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<OriginPolicy>((cors, origins) => cors.AddDefaultPolicy(policy => Configure(policy, origins)));
        return services;
    }

    private static void Configure(CorsPolicyBuilder policy, OriginPolicy origins)
    {
        _ = origins.IsAnyListed ? policy.AllowAnyOrigin() : policy.SetIsOriginAllowed(origins.Lists);
        policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Exposed);
    }
}
