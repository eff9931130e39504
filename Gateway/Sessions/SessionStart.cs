using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What a session begins with, once its connection has joined.</summary>
/// <param name="Request">The request that opens it.</param>
/// <param name="Protocol">The wire protocol of the client.</param>
/// <param name="Upgrade">Its connection to the client, not accepted yet.</param>
/// <param name="Connection">Its connection in the cluster.</param>
/// <param name="Welcome">What that connection replied to the join.</param>
/// <param name="Market">The market's symbols that the first view was made from.</param>
/// <param name="Closing">Closes the connection when the session ends.</param>
internal sealed record SessionStart(
    SessionRequest Request,
    IWireProtocol Protocol,
    SessionUpgradeFeature Upgrade,
    Connection Connection,
    ConnectionReply Welcome,
    ImmutableArray<string> Market,
    ClosingHandshake Closing);
