namespace OrleansTicker.Gateway.Admin;

/// <summary>An open session in a list.</summary>
/// <param name="ConnectionId">The connection's id.</param>
/// <param name="GatewayId">The gateway that holds it.</param>
/// <param name="UserId">Who opened it, such as <c>user:demo</c>.</param>
/// <param name="Token">The beginning of the key of the token's grain: enough to tell tokens apart, but useless as a token.</param>
/// <param name="Address">The client's address.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ExpiresAt">When its token expires.</param>
internal sealed record ConnectionJson(
    string ConnectionId, string GatewayId, string UserId, string Token, string? Address, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt);
