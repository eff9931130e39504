using System.Net;
using OrleansTicker.Gateway.Tokens;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session as the registry keeps it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Connection">Its connection.</param>
/// <param name="Actor">Who opened it, and with which token.</param>
/// <param name="ClientAddress">From where, where that is known.</param>
/// <param name="OpenedAt">When.</param>
internal sealed record LiveSession(
    Session Session, Connection Connection, AuthenticatedActor Actor, IPAddress? ClientAddress, DateTimeOffset OpenedAt);
