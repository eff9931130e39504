using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>
/// The cluster's side of one socket; its key is the connection's id. It decides what a client may have and what it is told.
/// It is the control plane: no tick passes through it.
/// </summary>
[Alias("OrleansTicker.IConnectionGrain")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>A socket is about to open for this actor, or is open and has lost its connection. Harmless to say twice.</summary>
    /// <param name="request">Who opens it.</param>
    /// <param name="market">The symbols that there are, as the gateway knows them.</param>
    /// <returns>What to send first, and the view to begin with: all symbols that the actor may see, unless the request says what is wanted.</returns>
    [Alias("Join")]
    Task<ConnectionReply> JoinAsync(JoinRequest request, ImmutableArray<string> market);

    /// <summary>The client has sent a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="market">The symbols that there are; needed for a <see cref="SubscriptionMessage"/> only.</param>
    /// <returns>What to answer, and the view where it changes.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Message")]
    Task<ConnectionReply> MessageAsync(ClientMessage message, ImmutableArray<string> market);

    /// <summary>Other symbols are in the market than before.</summary>
    /// <param name="market">The symbols that there are now.</param>
    /// <returns>The view that follows from them.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Review")]
    Task<SessionView> ReviewAsync(ImmutableArray<string> market);

    /// <summary>The client goes on with another token of its own. Harmless to say twice.</summary>
    /// <param name="actor">Who acts: the same actor, as the token knows it.</param>
    /// <param name="scope">The ids of the policies attached to the token.</param>
    /// <param name="market">The symbols that there are.</param>
    /// <returns>The view that the actor may have from then on.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Renew")]
    Task<SessionView> RenewAsync(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market);

    /// <summary>The socket has ended, whatever ended it. Harmless to say twice.</summary>
    [Alias("Leave")]
    Task LeaveAsync();
}
