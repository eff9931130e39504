using Microsoft.Extensions.Primitives;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// Finds the token in a request. The first location that holds one decides, even if that token is bad: a client that
/// presents a token means to act with it, and must not find itself acting as whoever a forgotten cookie belongs to.
/// So the places come in the order of how deliberately they are set.
/// </summary>
internal static class PresentedToken
{
    /// <summary>The query parameter and the cookie that may hold a token.</summary>
    public const string Name = "x-auth-token";

    /// <summary>How a WebSocket subprotocol that holds a token begins. It is never the subprotocol that a server chooses.</summary>
    public const string SubprotocolPrefix = "bearer.";

    /// <summary>The token, or null where the request holds none.</summary>
    /// <param name="request">The request; the query's token has been taken out of it (<see cref="QueryToken"/>).</param>
    /// <param name="allowQuery">Whether the query may hold a token.</param>
    public static string? Find(HttpRequest request, bool allowQuery) =>
        BearerHeader.TokenOf(request)
        ?? OfSubprotocols(request.Headers.SecWebSocketProtocol)
        ?? (allowQuery ? Secret.Read(request.HttpContext.Features.Get<QueryToken>()?.Value) : null)
        ?? Secret.Read(request.Cookies[Name]);

    private static string? OfSubprotocols(StringValues values)
    {
        foreach (var subprotocol in values.SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? []))
        {
            if (subprotocol.StartsWith(SubprotocolPrefix, StringComparison.Ordinal) && Secret.Read(subprotocol[SubprotocolPrefix.Length..]) is { } token)
            {
                return token;
            }
        }

        return null;
    }
}
