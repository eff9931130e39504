using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>A request to issue a token.</summary>
/// <param name="Secret">The token's first part, from <see cref="ITokenSigner.NewSecret"/>; its hash is the grain's key.</param>
/// <param name="Actor">Who will act with the token.</param>
/// <param name="Groups">The groups of the actor; their policies become the token's scope.</param>
/// <param name="ClientAddress">The address of the client; null if unknown.</param>
/// <param name="ApiKeyId">The number of the API key that is exchanged for it, which is not a secret; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.TokenRequest")]
public sealed record TokenRequest(
    [property: Id(0)] string Secret,
    [property: Id(1)] Actor Actor,
    [property: Id(2)] ImmutableArray<string> Groups,
    [property: Id(3)] string? ClientAddress,
    [property: Id(4)] long? ApiKeyId = null)
{
    /// <summary>Leaves out the secret, because Orleans writes the arguments of failed calls into logs and exceptions.</summary>
    public override string ToString() => $"{nameof(TokenRequest)} for {Actor.Id}";
}
