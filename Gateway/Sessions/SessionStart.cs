using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What a session begins with, once its connection has joined.</summary>
/// <param name="Request">The request that opens it.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Upgrade">Its connection to the client, to be accepted.</param>
/// <param name="Connection">Its connection in the cluster.</param>
/// <param name="Welcome">What that has answered to the join.</param>
/// <param name="Market">The market's symbols that it was told.</param>
/// <param name="Closing">How the session will end.</param>
internal sealed record SessionStart(
    SessionRequest Request,
    IWireProtocol Protocol,
    SessionUpgrade Upgrade,
    Connection Connection,
    ConnectionReply Welcome,
    ImmutableArray<string> Market,
    ClosingHandshake Closing);
