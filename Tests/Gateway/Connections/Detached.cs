using System.Net.Sockets;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>What a request that has detached its socket hands on.</summary>
/// <param name="Early">The bytes that the web server had read.</param>
/// <param name="Socket">The socket; null if it could not be had.</param>
internal sealed record Detached(byte[] Early, Socket? Socket);
