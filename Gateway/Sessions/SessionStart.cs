using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What a session begins with, once its connection has joined.</summary>
/// <param name="Request">The request that opens it.</param>
/// <param name="Protocol">The wire protocol of the client.</param>
/// <param name="Link">What connects it with the client, not open yet.</param>
/// <param name="Connection">Its connection in the cluster.</param>
/// <param name="Welcome">What that connection replied to the join.</param>
/// <param name="Market">The market's symbols that the first view was made from.</param>
internal sealed record SessionStart(
    SessionRequest Request,
    IWireProtocol Protocol,
    IClientLink Link,
    Connection Connection,
    ConnectionReply Welcome,
    ImmutableArray<string> Market);
