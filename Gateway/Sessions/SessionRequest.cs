using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>What a session needs to know about the request that opened it.</summary>
/// <param name="Actor">Who opened it.</param>
/// <param name="Details">What limits, policies and the audit log need.</param>
/// <param name="ResumeFrom">The cursor that the client has from an earlier session; the default if there is none.</param>
/// <param name="Aborted">Is cancelled when the connection is gone.</param>
internal sealed record SessionRequest(AuthenticatedActor Actor, RequestDetails Details, Cursor ResumeFrom, CancellationToken Aborted)
{
    /// <summary>Takes it from a request that has been authenticated.</summary>
    public static SessionRequest Of(HttpContext context) => new(
        context.Features.GetRequiredFeature<AuthenticatedActor>(),
        RequestDetails.Of(context),
        CursorOf(context.Request.Query),
        context.RequestAborted);

    /// <summary>The cursor of a client that resumes; the default if there is none, or if it cannot be read.</summary>
    private static Cursor CursorOf(IQueryCollection query) =>
        long.TryParse(query["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && long.TryParse(query["seq"], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new Cursor(epoch, seq)
            : default;
}
