namespace OrleansTicker.Grains.Interfaces.Gateways;

/// <summary>Selects the sessions that match all values that are set.</summary>
/// <param name="ConnectionId">The connection's id.</param>
/// <param name="TokenKey">The key of its token's grain (<see cref="Tokens.ITokenSigner.KeyOf"/>).</param>
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
