using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OrleansTicker.Gateway.Http;

/// <summary>
/// Whether a socket may be opened from where it is asked for. Browsers apply no CORS to WebSockets, so the server has to look
/// (RFC 6455, 10.2); programs send no origin and are let through.
/// </summary>
internal sealed class OriginPolicy(IOptions<OriginOptions> options)
{
    public bool Allows(HttpRequest request)
    {
        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length == 0
            || options.Value.Origins.Contains(OriginOptions.Any)
            || options.Value.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
