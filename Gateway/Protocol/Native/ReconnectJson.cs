namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>reconnect</c>: the gateway is about to stop.</summary>
/// <param name="AfterMs">When to connect again, in milliseconds from now; prices are sent until then.</param>
internal sealed record ReconnectJson(long AfterMs) : ServerMessageJson;
