using Microsoft.AspNetCore.WebUtilities;

namespace OrleansTicker.Gateway.Http;

/// <summary>Answers with problem details (RFC 9457).</summary>
internal static class ProblemResponse
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The type of a problem that its status says everything about (RFC 9457, 4.2.1).</summary>
    private const string NoType = "about:blank";

    /// <summary>Answers with a problem. Nothing may have been written before.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong with this request.</param>
    /// <param name="errors">What is wrong with each of its parameters, by their names; null if it is not about parameters.</param>
    public static Task WriteAsync(HttpContext context, int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemBody(NoType, ReasonPhrases.GetReasonPhrase(status), status, detail, errors);
        context.Response.Headers.CacheControl = "no-store";
        return JsonResponse.WriteAsync(context, status, problem, HttpJson.Default.ProblemBody, ContentType);
    }
}
