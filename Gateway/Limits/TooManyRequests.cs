using System.Globalization;
using System.Threading.RateLimiting;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Answers requests beyond a rate with 429, and says when to come again.</summary>
internal static class TooManyRequests
{
    private static readonly TimeSpan UnknownWait = TimeSpan.FromSeconds(1);

    /// <summary>Answers a request. Nothing may have been written before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lease">What the limiter answered.</param>
    public static Task WriteAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : UnknownWait;
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ErrorResponse.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many requests");
    }
}
