namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>welcome</c>: the first message of a session.</summary>
/// <param name="UserId">The actor, such as <c>user:demo</c>.</param>
/// <param name="ConnectionId">The connection's id.</param>
/// <param name="Epoch">The ticker's epoch as the gateway knows it; 0 before the first tick.</param>
/// <param name="ExpiresAt">When the token expires, in Unix seconds.</param>
internal sealed record WelcomeJson(string UserId, string ConnectionId, long Epoch, long ExpiresAt) : ServerMessageJson;
