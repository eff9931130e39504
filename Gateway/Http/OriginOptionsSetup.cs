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
        var wrong = options.Origins.FirstOrDefault(origin => origin != OriginOptions.Any && !IsOrigin(origin));
        return wrong is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Cors:Origins holds '{wrong}', which is no origin: write scheme, host and port only, such as https://example.org, or *.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text == uri.GetLeftPart(UriPartial.Authority);
}
