using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Creates the connections of this gateway's sessions, and holds what they share.</summary>
internal sealed partial class ConnectionFactory(IGrainFactory grains, GatewayIdentity gateway, TimeProvider time, ILogger<ConnectionFactory> logger)
{
    private readonly GrainReferences<IConnectionGrain> _grains = new(grains);

    public string GatewayId => gateway.Id;

    public TimeProvider Time => time;

    /// <summary>Creates the connection of a session. It has not joined yet.</summary>
    public Connection Create(string connectionId, AuthenticatedActor actor, RequestMetadata metadata) => new(this, connectionId, _grains.Get(connectionId), actor, metadata);

    [LoggerMessage(3320, LogLevel.Information, "Connection {ConnectionId} is lost, joining again: {Cause}")]
    public partial void LogLost(string connectionId, string cause);

    [LoggerMessage(3205, LogLevel.Debug, "Connection {ConnectionId} could not be told to leave: {Cause}")]
    public partial void LogLeaveFailed(string connectionId, string cause);

    [LoggerMessage(3206, LogLevel.Warning, "Connection {ConnectionId} could not be told to leave")]
    public partial void LogNotLeft(Exception e, string connectionId);
}
