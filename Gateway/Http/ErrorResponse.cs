namespace OrleansTicker.Gateway.Http;

/// <summary>
/// The form of every error over HTTP: <c>{"error": …}</c>; under <see cref="ApiPaths"/> the one that clients of those paths expect.
/// </summary>
internal static class ErrorResponse
{
    /// <summary>Answers with a status and an error. Nothing may have been written before.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">The error's words, as documented: clients compare them.</param>
    public static Task WriteAsync(HttpContext context, int status, string error) =>
        ApiPaths.IsRest(context) ? ProblemResponse.WriteAsync(context, status, error)
        : ApiPaths.IsUdf(context) ? UdfError.WriteAsync(context, status, error)
        : JsonResponse.WriteAsync(context, status, new ErrorBody(error), HttpJson.Default.ErrorBody);
}
