using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Interfaces.Connections;

/// <summary>
/// A client's WebSocket as the cluster knows it; its key is the connection's id. It decides which symbols the client receives and
/// answers the client's messages. Ticks do not pass through it.
/// </summary>
[Alias("OrleansTicker.IConnectionGrain")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>Registers a WebSocket that is about to open, or an open one whose activation was lost. Idempotent.</summary>
    /// <param name="request">Who opens it.</param>
    /// <param name="market">
    /// The symbols in the market, as the gateway knows them. Here and in all other calls, those of single exchanges may be left out, unless the
    /// client wants them or the message names them.
    /// </param>
    /// <returns>
    /// The first messages and the first view: all symbols of the whole market that the actor may see, unless the request contains others. A connection
    /// that knows of later views than the request goes on with what they contain.
    /// </returns>
    [Alias("Join")]
    Task<ConnectionReply> JoinAsync(JoinRequest request, ImmutableArray<string> market);

    /// <summary>Handles a message from the client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="market">The symbols in the market; needed only for a <see cref="SubscriptionMessage"/>.</param>
    /// <returns>The answer, and the new view if it changes.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Message")]
    Task<ConnectionReply> MessageAsync(ClientMessage message, ImmutableArray<string> market);

    /// <summary>Computes the view again after symbols were added to the market or removed.</summary>
    /// <param name="market">The symbols in the market now.</param>
    /// <returns>The new view.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Review")]
    Task<SessionView> ReviewAsync(ImmutableArray<string> market);

    /// <summary>Replaces the token of the connection by another one of the same actor. Idempotent.</summary>
    /// <param name="actor">The actor, as recorded in the new token.</param>
    /// <param name="scope">The ids of the policies attached to the token.</param>
    /// <param name="market">The symbols in the market.</param>
    /// <returns>The new view.</returns>
    /// <exception cref="NotJoinedException">The connection has not joined, or has left.</exception>
    [Alias("Renew")]
    Task<SessionView> RenewAsync(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market);

    /// <summary>Ends the connection after its WebSocket has closed. Idempotent.</summary>
    [Alias("Leave")]
    Task LeaveAsync();
}
