using System.Net;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session as the registry keeps it.</summary>
/// <param name="session">The session.</param>
/// <param name="channel">The prices that it is sent.</param>
/// <param name="candles">The candles that it is sent; null if it can't be sent any.</param>
/// <param name="start">What it began with.</param>
/// <param name="openedAt">When it was opened.</param>
internal sealed class RegisteredSession(
    Session session, TickerChannel channel, CandleChannel? candles, SessionStart start, DateTimeOffset openedAt)
{
    private AuthenticatedActor _actor = start.Request.Actor;

    public Session Session => session;

    public TickerChannel Channel => channel;

    public CandleChannel? Candles => candles;

    /// <summary>What the session began with. Its actor may have changed since (<see cref="Actor"/>).</summary>
    public SessionStart Start => start;

    public Connection Connection => start.Connection;

    /// <summary>
    /// The user, and the token that the session depends on. Only the registry sets it (<see cref="SessionRegistry.Renew"/>).
    /// </summary>
    public AuthenticatedActor Actor
    {
        get => Volatile.Read(ref _actor);
        set => Volatile.Write(ref _actor, value);
    }

    /// <summary>The client's address, if it is known.</summary>
    public IPAddress? ClientAddress => start.Request.Details.Address;

    public DateTimeOffset OpenedAt => openedAt;

    /// <summary>Sends the client a message, unless the session has ended.</summary>
    public void Tell(ServerMessage message) => session.Tell(start.Protocol.Write(message));
}
