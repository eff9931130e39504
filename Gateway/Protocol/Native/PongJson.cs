namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>pong</c>: the answer to <c>ping</c>.</summary>
internal sealed record PongJson : ServerMessageJson;
