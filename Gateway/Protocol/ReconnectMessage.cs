using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>The gateway is about to stop, and the client should reconnect.</summary>
/// <param name="After">How long to wait before that; prices are sent until then.</param>
internal sealed record ReconnectMessage(TimeSpan After) : ServerMessage;
