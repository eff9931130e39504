using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Adds sessions to the registry, so that they can be found and ended, and ends those that should have been ended while they opened.
/// </summary>
internal sealed class SessionEnrollment(SessionRegistry registry, RevokedTokens revokedTokens, GatewayState gateway, TimeProvider time)
{
    /// <summary>Adds a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="channel">The prices that it is sent.</param>
    /// <param name="candles">The candles that it is sent.</param>
    /// <param name="start">What it began with.</param>
    public RegisteredSession Enter(Session session, TickerChannel channel, CandleChannel candles, SessionStart start)
    {
        var registered = new RegisteredSession(session, channel, candles, start, time.GetUtcNow());
        registry.Add(registered);
        return registered;
    }

    /// <summary>
    /// Ends a session that should have been ended before it was in the registry. Call it once the worker has the session.
    /// </summary>
    public void EndIfMissed(RegisteredSession registered)
    {
        if (gateway.IsStopping)
        {
            registered.Session.End(CloseReason.GatewayStopping); // It was opened while the others were closed.
        }

        if (revokedTokens.Contains(registered.Actor.TokenKey))
        {
            registered.Session.End(CloseReason.TokenRevoked); // It was revoked after the check, and before it could be found.
        }
    }

    /// <summary>Removes a session that ends.</summary>
    public void Leave(RegisteredSession registered) => registry.Remove(registered);
}
