using System.Net;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session as the registry keeps it.</summary>
/// <param name="session">The session.</param>
/// <param name="channel">The prices that it is sent.</param>
/// <param name="connection">Its connection.</param>
/// <param name="protocol">What its client speaks.</param>
/// <param name="actor">Who opened it, and with which token.</param>
/// <param name="clientAddress">From where, where that is known.</param>
/// <param name="openedAt">When.</param>
internal sealed class RegisteredSession(
    Session session,
    TickerChannel channel,
    Connection connection,
    IWireProtocol protocol,
    AuthenticatedActor actor,
    IPAddress? clientAddress,
    DateTimeOffset openedAt)
{
    private AuthenticatedActor _actor = actor;

    public Session Session => session;

    public TickerChannel Channel => channel;

    public Connection Connection => connection;

    /// <summary>Whose it is, and the token that it lives by. The registry alone sets it (<see cref="SessionRegistry.Renew"/>).</summary>
    public AuthenticatedActor Actor
    {
        get => Volatile.Read(ref _actor);
        set => Volatile.Write(ref _actor, value);
    }

    public IPAddress? ClientAddress => clientAddress;

    public DateTimeOffset OpenedAt => openedAt;

    /// <summary>Tells the client something, unless the session has ended.</summary>
    public void Tell(ServerMessage message) => session.Tell(protocol.Write(message));
}
