using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Policies;

/// <summary>Finds what policies may ask of a request.</summary>
internal static class RequestMetadataReader
{
    /// <summary>The longest text that is kept of a header: the cluster keeps it for as long as a socket is open.</summary>
    private const int LongestText = 256;

    public static RequestMetadata Of(HttpContext context) => new(
        ClientAddress.Of(context),
        Text(OriginOf(context.Request.Headers.Origin.ToString())),
        Text(context.Request.Headers.UserAgent.ToString()),
        context.Request.Scheme);

    // A policy that names an origin is not to be passed by by writing it in another way.
    private static string OriginOf(string header) => WebOrigin.Parse(header)?.ToString() ?? header;

    private static string? Text(string header) => header.Length switch
    {
        0 => null,
        > LongestText => header[..LongestText],
        _ => header,
    };
}
