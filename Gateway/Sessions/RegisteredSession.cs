using System.Net;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session as the registry keeps it.</summary>
/// <param name="session">The session.</param>
/// <param name="connection">Its connection.</param>
/// <param name="actor">Who opened it, and with which token.</param>
/// <param name="clientAddress">From where, where that is known.</param>
/// <param name="openedAt">When.</param>
internal sealed class RegisteredSession(
    Session session, Connection connection, AuthenticatedActor actor, IPAddress? clientAddress, DateTimeOffset openedAt)
{
    private AuthenticatedActor _actor = actor;

    public Session Session => session;

    public Connection Connection => connection;

    /// <summary>Whose it is, and the token that it lives by. The registry alone sets it (<see cref="SessionRegistry.Renew"/>).</summary>
    public AuthenticatedActor Actor
    {
        get => Volatile.Read(ref _actor);
        set => Volatile.Write(ref _actor, value);
    }

    public IPAddress? ClientAddress => clientAddress;

    public DateTimeOffset OpenedAt => openedAt;
}
