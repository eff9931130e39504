namespace OrleansTicker.Grains.Interfaces.Tokens;

/// <summary>A new token, as its owner receives it once.</summary>
/// <param name="Token">The signed token.</param>
/// <param name="Lifetime">How long it is valid from now.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.IssuedToken")]
public sealed record IssuedToken(
    [property: Id(0)] string Token,
    [property: Id(1)] TimeSpan Lifetime)
{
    /// <summary>Leaves out the token, because Orleans logs messages that failed.</summary>
    public override string ToString() => $"{nameof(IssuedToken)} valid for {Lifetime}";
}
