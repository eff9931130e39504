using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a connection replies to its gateway.</summary>
/// <param name="Messages">The messages to send to the client, in this order.</param>
/// <param name="View">The new view of the session; null if it is unchanged.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ConnectionReply")]
public sealed record ConnectionReply(
    [property: Id(0)] ImmutableArray<ServerMessage> Messages,
    [property: Id(1)] SessionView? View = null)
{
    /// <summary>A reply of messages that leaves the view unchanged.</summary>
    public static ConnectionReply Of(params ServerMessage[] messages) => new([.. messages]);
}
