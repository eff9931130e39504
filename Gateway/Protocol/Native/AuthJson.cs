namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>auth</c>: the session continues with another token.</summary>
/// <param name="ExpiresAt">When it expires, in Unix seconds.</param>
internal sealed record AuthJson(long ExpiresAt) : ServerMessageJson;
