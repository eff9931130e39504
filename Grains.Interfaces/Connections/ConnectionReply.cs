using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a connection answers its gateway.</summary>
/// <param name="Messages">What to send to the client, in this order.</param>
/// <param name="View">What the session is to be sent from then on; null where that stays as it is.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ConnectionReply")]
public sealed record ConnectionReply(
    [property: Id(0)] ImmutableArray<ServerMessage> Messages,
    [property: Id(1)] SessionView? View = null)
{
    /// <summary>A reply of these messages that changes no view.</summary>
    public static ConnectionReply Of(params ServerMessage[] messages) => new([.. messages]);
}
