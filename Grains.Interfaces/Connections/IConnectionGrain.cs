namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>
/// The cluster's side of one socket; its key is the connection's id. It decides what a client may have and what it is told.
/// It is the control plane: no tick passes through it.
/// </summary>
[Alias("OrleansTicker.IConnectionGrain")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>A socket is about to open for this actor.</summary>
    /// <returns>What to send first.</returns>
    [Alias("Join")]
    Task<ConnectionReply> JoinAsync(JoinRequest request);

    /// <summary>The client has sent a message.</summary>
    /// <returns>What to answer.</returns>
    /// <exception cref="InvalidOperationException">The connection has not joined, or has left.</exception>
    [Alias("Message")]
    Task<ConnectionReply> MessageAsync(ClientMessage message);

    /// <summary>The socket has ended, whatever ended it. Harmless to say twice.</summary>
    [Alias("Leave")]
    Task LeaveAsync();
}
