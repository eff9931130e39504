using System.Net;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Http;

/// <summary>What limits, policies and the audit log ask of a request, for code that outlives it or has none.</summary>
/// <param name="Address">The client's address; null where there is none.</param>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Metadata">What policies may ask.</param>
internal sealed record RequestDetails(IPAddress? Address, string Path, RequestMetadata Metadata)
{
    /// <summary>The longest text that is kept of a header: the cluster keeps it while the WebSocket is open.</summary>
    private const int LongestText = 256;

    /// <summary>The details of a request.</summary>
    public static RequestDetails Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress,
        context.Request.Path.Value ?? "",
        new RequestMetadata(
            ClientAddress.Of(context),
            Text(OriginOf(context.Request.Headers.Origin.ToString())),
            Text(context.Request.Headers.UserAgent.ToString()),
            context.Request.Scheme));

    // Another spelling of an origin must not evade a policy that names it.
    private static string OriginOf(string header) => WebOrigin.Parse(header)?.ToString() ?? header;

    private static string? Text(string header) => header.Length switch
    {
        0 => null,
        > LongestText => header[..LongestText],
        _ => header,
    };
}
