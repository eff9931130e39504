using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Tokens;

/// <summary>Adds the signing of tokens.</summary>
public static class TokenServices
{
    /// <summary>Adds <see cref="ITokenSigner"/> and <see cref="TokenOptions"/> from the section <c>Tokens</c>, validated at the start.</summary>
    public static IServiceCollection AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TokenOptions.Section);
        services.AddOptionsWithValidateOnStart<TokenOptions, TokenOptionsValidator>()
            .Bind(section)
            .Validate(
                _ => string.IsNullOrEmpty(section[nameof(TokenOptions.PreviousKeys)])
                    && string.IsNullOrEmpty(section[nameof(TokenOptions.PreviousKeyEnvironmentVariables)]),
                "Tokens:PreviousKeys and Tokens:PreviousKeyEnvironmentVariables have to be lists: set Tokens:PreviousKeys:0, Tokens:PreviousKeys:1 and so on");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenSigner, TokenSigner>();
        return services;
    }
}
