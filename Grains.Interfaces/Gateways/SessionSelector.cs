namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>Selects sessions: those for which all that is given is true.</summary>
/// <param name="ConnectionId">The connection's id.</param>
/// <param name="TokenKey">The key of the grain of the token that opened it (<see cref="Tokens.ITokenSigner.KeyOf"/>).</param>
/// <param name="ActorId">Who opened it, such as <c>user:demo</c>.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.SessionSelector")]
public sealed record SessionSelector(
    [property: Id(0)] string? ConnectionId = null,
    [property: Id(1)] string? TokenKey = null,
    [property: Id(2)] string? ActorId = null)
{
    /// <summary>Selects every session.</summary>
    public static readonly SessionSelector All = new();
}
