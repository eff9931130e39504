using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>The session continues with the token that the client presented.</summary>
/// <param name="ExpiresAt">When that token expires.</param>
internal sealed record RenewedMessage(DateTimeOffset ExpiresAt) : ServerMessage;
