using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Policies;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Lets an open session continue with another token of the same user. If the token is refused, the client gets an error and the session
/// continues as before.
/// </summary>
internal sealed partial class SessionRenewal(
    TokenCheck tokens,
    RevokedTokens revokedTokens,
    SessionRegistry sessions,
    PolicyGate gate,
    AuthenticationLimits limits,
    IAuditLog audit,
    ILogger<SessionRenewal> logger)
{
    private const string Action = "connection.renew";

    private static readonly ErrorMessage InvalidToken = new("invalid_token", "The token is not valid.");
    private static readonly ErrorMessage TooMany = new("too_many_requests", "Too many tokens from here were not valid. Try again later.");
    private static readonly ErrorMessage OtherUser = new("other_user", "The token is another user's: connect anew with it.");
    private static readonly ErrorMessage NotAllowed = new(ErrorMessage.Forbidden, "The policies of the token do not let it open this connection.");
    private static readonly ErrorMessage Unavailable = new("unavailable", "The token could not be checked. Try again.");

    /// <summary>Switches the session to the token, if that is allowed.</summary>
    /// <param name="request">The request that opened the session.</param>
    /// <param name="session">The session.</param>
    /// <param name="token">What the client presented; it may be anything.</param>
    /// <param name="market">The market.</param>
    /// <returns>What to answer, and the view that the new scope allows.</returns>
    public async Task<ConnectionReply> RenewAsync(SessionRequest request, RegisteredSession session, string token, MarketState market)
    {
        TokenVerdict verdict;
        try
        {
            verdict = await tokens.CheckAsync(Secret.Read(token), session.Start.Link.Aborted);
        }
        catch (TokenStoreUnavailableException exception)
        {
            LogUnavailable(exception, session.Session.Id);
            return ConnectionReply.Of(Unavailable);
        }

        if (verdict.Actor is not { } actor)
        {
            return Refuse(request, verdict.Refusal);
        }

        if (actor.Actor.Id != session.Actor.Actor.Id)
        {
            Record(request, session, isAllowed: false, $"a token of {actor.Actor.Id}");
            return ConnectionReply.Of(OtherUser);
        }

        if (!gate.Allows(request.Details, actor, SessionEndpoint.Action, SessionEndpoint.Resource))
        {
            return ConnectionReply.Of(NotAllowed);
        }

        var view = await session.Connection.RenewAsync(actor, market);
        sessions.Renew(session, actor);
        if (revokedTokens.Contains(actor.TokenKey))
        {
            session.Session.End(CloseReason.TokenRevoked); // It was revoked meanwhile.
        }

        Record(request, session, isAllowed: true, $"token {actor.TokenKey[..AuditEvent.HintLength]}…");
        return new ConnectionReply([new RenewedMessage(actor.ExpiresAt)], view);
    }

    private ConnectionReply Refuse(SessionRequest request, string why) =>
        ConnectionReply.Of(limits.TryRecordFailure(request.Details, why) ? InvalidToken : TooMany);

    private void Record(SessionRequest request, RegisteredSession session, bool isAllowed, string detail) => audit.Write(
        AuditEvent.Of(request.Details.Address, Action, $"connection:{session.Session.Id}", isAllowed, session.Actor.Actor.Id, detail));

    [LoggerMessage(2230, LogLevel.Error, "Connection {ConnectionId} could not be renewed: the token store is unavailable")]
    private partial void LogUnavailable(Exception exception, string connectionId);
}
