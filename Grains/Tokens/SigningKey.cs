using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Finds the signing key that the options mean, or the sentence that says what to set.</summary>
internal static class SigningKey
{
    private const string HowToMake = "make one with: openssl rand -base64 32";

    public static bool TryResolve(
        TokenOptions options,
        IHostEnvironment environment,
        [NotNullWhen(true)] out byte[]? key,
        [NotNullWhen(false)] out string? error)
    {
        key = null;
        if (!TryFindText(options, environment, out var text, out var source, out error))
        {
            return false;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
        {
            error = $"{source} is not base64; {HowToMake}";
            return false;
        }

        if (length < TokenOptions.MinKeyBytes)
        {
            error = $"{source} has {length} bytes and needs at least {TokenOptions.MinKeyBytes}; {HowToMake}";
            return false;
        }

        var found = buffer[..length];
        if (!environment.IsDevelopment() && found.AsSpan().SequenceEqual(Convert.FromBase64String(TokenOptions.DevelopmentKey)))
        {
            error = $"{source} is the demo key, which everyone knows, and may serve in Development only; {HowToMake}";
            return false;
        }

        key = found;
        return true;
    }

    private static bool TryFindText(
        TokenOptions options,
        IHostEnvironment environment,
        [NotNullWhen(true)] out string? text,
        out string source,
        [NotNullWhen(false)] out string? error)
    {
        (text, source, error) = (options.Key, "Tokens:Key", null);
        if (!string.IsNullOrEmpty(options.KeyEnvironmentVariable))
        {
            source = $"The environment variable {options.KeyEnvironmentVariable}, which Tokens:KeyEnvironmentVariable names,";
            text = Environment.GetEnvironmentVariable(options.KeyEnvironmentVariable)?.Trim();
            error = !string.IsNullOrEmpty(options.Key)
                ? "Tokens:Key and Tokens:KeyEnvironmentVariable are both set; set one of them"
                : string.IsNullOrEmpty(text) ? $"{source} is not set; set it to the signing key in base64; {HowToMake}" : null;
        }
        else if (string.IsNullOrEmpty(text))
        {
            text = environment.IsDevelopment() ? TokenOptions.DevelopmentKey : null;
            error = text is null
                ? $"No signing key for tokens: set Tokens:Key to a key in base64, or Tokens:KeyEnvironmentVariable to the name of the environment variable that holds it; {HowToMake}"
                : null;
        }

        if (error is not null)
        {
            text = null;
        }

        return text is not null;
    }
}
