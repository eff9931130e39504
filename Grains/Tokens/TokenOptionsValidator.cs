using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Stops a start with a lifetime out of range, or with signing keys that are missing, short or known to everyone.</summary>
internal sealed class TokenOptionsValidator(IHostEnvironment environment) : IValidateOptions<TokenOptions>
{
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        var errors = new List<string>();
        if (options.Lifetime < TokenOptions.MinLifetime || options.Lifetime > TokenOptions.MaxLifetime)
        {
            errors.Add(
                $"Tokens:Lifetime is {options.Lifetime:c}; set it from {TokenOptions.MinLifetime:c} to {TokenOptions.MaxLifetime:c} " +
                "(days.hours:minutes:seconds)");
        }

        if (!SigningKeys.TryResolve(options, environment, out _, out var error))
        {
            errors.Add(error);
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
