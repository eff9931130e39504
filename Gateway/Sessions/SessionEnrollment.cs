using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Enters sessions in the registry, where whoever wants to end them finds them, and ends those that were to be ended while they opened.</summary>
internal sealed class SessionEnrollment(SessionRegistry registry, RevokedTokens revokedTokens, GatewayState gateway, TimeProvider time)
{
    /// <summary>Enters a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">The prices that it is sent.</param>
    /// <param name="start">What it has begun with.</param>
    public RegisteredSession Enter(Session session, TickerChannel channel, SessionStart start)
    {
        var registered = new RegisteredSession(session, channel, start, time.GetUtcNow());
        registry.Add(registered);
        return registered;
    }

    /// <summary>Ends a session that was to be ended before the registry had it. Its worker knows it by now.</summary>
    public void EndIfMissed(RegisteredSession registered)
    {
        if (gateway.IsStopping)
        {
            registered.Session.End(CloseReason.GatewayStopping); // It has come while the others were told.
        }

        if (revokedTokens.Contains(registered.Actor.TokenKey))
        {
            registered.Session.End(CloseReason.TokenRevoked); // After it was looked at, and before the session could be found.
        }
    }

    /// <summary>Removes a session that ends.</summary>
    public void Leave(RegisteredSession registered) => registry.Remove(registered);
}
