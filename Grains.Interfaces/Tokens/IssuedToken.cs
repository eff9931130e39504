namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>A token as its owner gets it, once.</summary>
/// <param name="Token">The signed token.</param>
/// <param name="Lifetime">How long it is valid from now.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.IssuedToken")]
public sealed record IssuedToken(
    [property: Id(0)] string Token,
    [property: Id(1)] TimeSpan Lifetime)
{
    /// <summary>The answer without the token: Orleans writes messages that went wrong into logs.</summary>
    public override string ToString() => $"{nameof(IssuedToken)} valid for {Lifetime}";
}
