using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>The gateway is about to stop, and the client is to connect anew.</summary>
/// <param name="After">When, from now; prices come until then.</param>
internal sealed record ReconnectMessage(TimeSpan After) : ServerMessage;
