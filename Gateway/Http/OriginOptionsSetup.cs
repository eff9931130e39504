using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>Lets any origin in where a developer has said nothing, and refuses what is no origin.</summary>
internal sealed class OriginOptionsSetup(IHostEnvironment environment) : IPostConfigureOptions<OriginOptions>, IValidateOptions<OriginOptions>
{
    public void PostConfigure(string? name, OriginOptions options)
    {
        if (options.Origins.Length == 0 && environment.IsDevelopment())
        {
            options.Origins = [OriginOptions.Any];
        }
    }

    public ValidateOptionsResult Validate(string? name, OriginOptions options)
    {
        foreach (var origin in options.Origins.Where(origin => origin != OriginOptions.Any))
        {
            if (FaultOf(origin) is { } fault)
            {
                return ValidateOptionsResult.Fail(
                    $"Cors:Origins holds '{origin}', which {fault}: write scheme, host and port only, such as https://example.org, or *.");
            }
        }

        return ValidateOptionsResult.Success;
    }

    private static string? FaultOf(string origin) =>
        origin == "null" ? "is what browsers send for pages without an origin, which anybody can make"
        : WebOrigin.Parse(origin, out var fault) is null ? fault
        : null;
}
