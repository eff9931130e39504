using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What a session needs to know about the request that opened it.</summary>
/// <param name="Actor">Who opened it.</param>
/// <param name="Details">What limits, policies and the audit log need.</param>
/// <param name="ResumeFrom">The cursor that the client has from an earlier session; the default if there is none.</param>
/// <param name="Desired">What the client wants from the beginning; null if it has not asked for anything.</param>
internal sealed record SessionRequest(
    AuthenticatedActor Actor, RequestDetails Details, Cursor ResumeFrom, DesiredSubscription? Desired)
{
    /// <summary>Takes it from a request that has been authenticated.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">What its query says.</param>
    public static SessionRequest Of(HttpContext context, SessionQuery query) => new(
        context.Features.GetRequiredFeature<AuthenticatedActor>(),
        RequestDetails.Of(context),
        query.ResumeFrom,
        query.Desired);
}
