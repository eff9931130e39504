using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>Lets any origin in where a developer has said nothing.</summary>
internal sealed class OriginOptionsSetup(IHostEnvironment environment) : IPostConfigureOptions<OriginOptions>
{
    public void PostConfigure(string? name, OriginOptions options)
    {
        if (options.Origins.Length == 0 && environment.IsDevelopment())
        {
            options.Origins = [OriginOptions.Any];
        }
    }
}
