using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace OrleansTicker.Grains.Tokens;

/// <summary>The signing keys of the options.</summary>
/// <param name="Current">The key that signs and verifies.</param>
/// <param name="Previous">Keys that only verify tokens signed before the key was changed.</param>
internal sealed record SigningKeys(byte[] Current, byte[][] Previous)
{
    private const string HowToMake = "make one with: openssl rand -base64 32";

    /// <summary>Resolves the keys, or explains what to set.</summary>
    public static bool TryResolve(
        TokenOptions options,
        IHostEnvironment environment,
        [NotNullWhen(true)] out SigningKeys? keys,
        [NotNullWhen(false)] out string? error)
    {
        keys = null;
        if (!TryFindText(options, environment, out var text, out var source, out error)
            || !TryRead(text, source, environment, out var current, out error)
            || !TryReadPrevious(options, environment, out var previous, out error))
        {
            return false;
        }

        keys = new SigningKeys(current, previous);
        return true;
    }

    private static bool TryReadPrevious(
        TokenOptions options,
        IHostEnvironment environment,
        out byte[][] previous,
        [NotNullWhen(false)] out string? error)
    {
        previous = new byte[options.PreviousKeys.Length + options.PreviousKeyEnvironmentVariables.Length][];
        error = null;
        for (var index = 0; index < previous.Length; index++)
        {
            var isGiven = index < options.PreviousKeys.Length;
            var number = isGiven ? index : index - options.PreviousKeys.Length;
            var source = $"Tokens:PreviousKeys:{number}";
            var text = isGiven
                ? options.PreviousKeys[number]?.Trim()
                : TextOf(options.PreviousKeyEnvironmentVariables[number], $"Tokens:PreviousKeyEnvironmentVariables:{number}", out source);
            if (string.IsNullOrEmpty(text))
            {
                error = $"{source} is not set; set it to a signing key that was used before, in base64, or leave it out";
                return false;
            }

            if (!TryRead(text, source, environment, out previous[index]!, out error))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead(
        string text,
        string source,
        IHostEnvironment environment,
        [NotNullWhen(true)] out byte[]? key,
        [NotNullWhen(false)] out string? error)
    {
        key = null;
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

        (key, error) = (found, null);
        return true;
    }

    private static bool TryFindText(
        TokenOptions options,
        IHostEnvironment environment,
        [NotNullWhen(true)] out string? text,
        out string source,
        [NotNullWhen(false)] out string? error)
    {
        (text, source, error) = (options.Key?.Trim(), "Tokens:Key", null);
        if (!string.IsNullOrEmpty(options.KeyEnvironmentVariable))
        {
            text = TextOf(options.KeyEnvironmentVariable, "Tokens:KeyEnvironmentVariable", out source);
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

    private static string? TextOf(string variable, string setting, out string source)
    {
        source = $"The environment variable {variable}, which {setting} names,";
        return string.IsNullOrEmpty(variable) ? null : Environment.GetEnvironmentVariable(variable)?.Trim();
    }
}
