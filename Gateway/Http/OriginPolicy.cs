using System.Text;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>
/// Whether a request may come from the page that it comes from. Browsers apply no CORS to WebSockets, and send a cookie whatever page asks,
/// so the server has to look (RFC 6455, 10.2). Programs send no origin, or any.
/// </summary>
internal sealed class OriginPolicy(IOptions<OriginOptions> options)
{
    private readonly HashSet<WebOrigin> _listed = [.. options.Value.Origins.Select(WebOrigin.Parse).OfType<WebOrigin>()];

    /// <summary>Whether pages of any origin may use the gateway.</summary>
    public bool IsAnyListed { get; } = options.Value.Origins.Contains(OriginOptions.Any);

    /// <summary>Whether the configuration lists an origin.</summary>
    /// <param name="origin">As the header <c>Origin</c> has it.</param>
    public bool Lists(string origin) => IsAnyListed || (Read(origin) is { } parsed && _listed.Contains(parsed));

    /// <summary>Whether a request that presents a token is from here, from a listed origin, or from no page at all.</summary>
    public bool Allows(HttpRequest request)
    {
        // No page can set this header on a socket, nor on a request to another origin that CORS does not let it send. A page can offer
        // subprotocols and write queries, and a browser adds cookies by itself: there the origin counts.
        if (BearerHeader.TokenOf(request) is not null)
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || Lists(origin) || IsOwn(origin, request);
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Read(origin) is { } parsed && parsed == WebOrigin.Parse($"{request.Scheme}://{request.Host}");

    // No browser sends other characters, and CORS would have to answer with them in a header, which has to be ASCII.
    private static WebOrigin? Read(string header) => Ascii.IsValid(header) ? WebOrigin.Parse(header) : null;
}
