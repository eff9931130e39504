using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>What a token is to be issued for.</summary>
/// <param name="Secret">The token's first part, from <see cref="ITokenSigner.NewSecret"/>; its hash is the grain's key.</param>
/// <param name="Actor">Who will act with the token.</param>
/// <param name="Groups">The groups of the actor; their policies become the token's scope.</param>
/// <param name="ClientAddress">The address that asked, where it is known.</param>
/// <param name="ApiKeyId">The number of the API key that is traded for it; null where there was none. It opens nothing.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TokenRequest")]
public sealed record TokenRequest(
    [property: Id(0)] string Secret,
    [property: Id(1)] Actor Actor,
    [property: Id(2)] ImmutableArray<string> Groups,
    [property: Id(3)] string? ClientAddress,
    [property: Id(4)] long? ApiKeyId = null)
{
    /// <summary>The request without its secret: Orleans writes the arguments of a call that went wrong into logs and exceptions.</summary>
    public override string ToString() => $"{nameof(TokenRequest)} for {Actor.Id}";
}
