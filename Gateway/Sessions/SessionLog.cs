namespace OrleansTicker.Gateway.Sessions;

/// <summary>Log messages about sessions and their connections.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(3200, LogLevel.Error, "Connection {ConnectionId} could not be made")]
    public static partial void NotJoined(this ILogger logger, Exception e, string connectionId);

    [LoggerMessage(3201, LogLevel.Information, "Connection {ConnectionId} of {ActorId} is open")]
    public static partial void Opened(this ILogger logger, string connectionId, string actorId);

    [LoggerMessage(3202, LogLevel.Information, "Connection {ConnectionId} was closed by the {Side}: {Code}, {Reason}")]
    public static partial void Closed(this ILogger logger, string connectionId, string side, int code, string reason);

    [LoggerMessage(3203, LogLevel.Debug, "Connection {ConnectionId} broke: {Cause}")]
    public static partial void Broken(this ILogger logger, string connectionId, string cause);

    [LoggerMessage(3204, LogLevel.Warning, "Connection {ConnectionId} does not answer; its session ends")]
    public static partial void ConnectionLost(this ILogger logger, Exception e, string connectionId);

    [LoggerMessage(3207, LogLevel.Error, "The session of connection {ConnectionId} failed")]
    public static partial void Failed(this ILogger logger, Exception e, string connectionId);
}
