using System.Collections.Immutable;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>What a connection answers its gateway.</summary>
/// <param name="Messages">What to send to the client, in this order.</param>
[GenerateSerializer, Immutable, Alias("OrleansTicker.ConnectionReply")]
public sealed record ConnectionReply([property: Id(0)] ImmutableArray<ServerMessage> Messages)
{
    /// <summary>A reply of these messages.</summary>
    public static ConnectionReply Of(params ServerMessage[] messages) => new([.. messages]);
}
