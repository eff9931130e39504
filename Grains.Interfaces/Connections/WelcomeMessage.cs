namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>The first message of a session.</summary>
/// <param name="ActorId">Who the client is to the server, such as <c>user:demo</c>.</param>
/// <param name="ConnectionId">The connection's id, for logs and support.</param>
/// <param name="ExpiresAt">When the session's token expires.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.WelcomeMessage")]
public sealed record WelcomeMessage(
    [property: Id(0)] string ActorId,
    [property: Id(1)] string ConnectionId,
    [property: Id(2)] DateTimeOffset ExpiresAt) : ServerMessage;
