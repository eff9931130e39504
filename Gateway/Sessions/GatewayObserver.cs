using System.Collections.Immutable;
using System.Text;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Lets the cluster reach the sessions of this gateway.</summary>
internal sealed partial class GatewayObserver(
    GatewayIdentity gateway, SessionRegistry sessions, RevokedTokens revokedTokens, ILogger<GatewayObserver> logger) : IGatewayObserver
{
    /// <summary>The longest close reason, in bytes: a control frame holds 125, of which the code takes two (RFC 6455, 5.5).</summary>
    private const int LongestReason = 123;

    public Task<int> CloseAsync(SessionSelector which, int code, string reason)
    {
        if (which == SessionSelector.All)
        {
            throw new ArgumentException("Nothing is said of which sessions to close.", nameof(which));
        }

        // The codes that an endpoint may send (RFC 6455, 7.4); it may not send 1005, 1006 and 1015.
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)))
        {
            throw new ArgumentException($"{code} is no code to close with.", nameof(code));
        }

        if (Encoding.UTF8.GetByteCount(reason) > LongestReason)
        {
            throw new ArgumentException($"A close reason has {LongestReason} bytes at most.", nameof(reason));
        }

        if (which is { TokenKey: { } key, ConnectionId: null, ActorId: null } && code == CloseReason.TokenRevoked.Code)
        {
            revokedTokens.Add(key); // Before the search, so that a session that comes after it finds this.
        }

        var found = sessions.Find(which);
        foreach (var session in found)
        {
            session.Session.End(new CloseReason(code, reason));
        }

        LogClosed(found.Length, code, reason);
        return Task.FromResult(found.Length);
    }

    public Task<ImmutableArray<SessionEntry>> ListAsync(SessionSelector which, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, IGatewayObserver.LongestList);
        return Task.FromResult<ImmutableArray<SessionEntry>>(
            [.. sessions.Find(which).OrderBy(session => session.OpenedAt).Take(most).Select(EntryOf)]);
    }

    private SessionEntry EntryOf(RegisteredSession session) => new(
        session.Session.Id,
        gateway.Id,
        session.Actor.Actor.Id,
        session.Actor.TokenKey,
        ClientAddress.Of(session.ClientAddress),
        session.OpenedAt,
        session.Actor.ExpiresAt);

    [LoggerMessage(3300, LogLevel.Information, "{Sessions} sessions are closed from elsewhere in the cluster: {Code}, {Reason}")]
    private partial void LogClosed(int sessions, int code, string reason);
}
