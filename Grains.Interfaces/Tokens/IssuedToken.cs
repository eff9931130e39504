namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>A token as its owner gets it, once.</summary>
/// <param name="Token">The signed token.</param>
/// <param name="Lifetime">How long it is valid from now.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.IssuedToken")]
public sealed record IssuedToken(
    [property: Id(0)] string Token,
    [property: Id(1)] TimeSpan Lifetime);
