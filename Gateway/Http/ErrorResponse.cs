namespace OrleansTicker.Gateway.Http;

/// <summary>The one form of every error over HTTP: <c>{"error": …}</c>.</summary>
internal static class ErrorResponse
{
    /// <summary>Answers with a status and an error. Nothing may have been written before.</summary>
    /// <param name="context">The request to answer.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">The error's words, as documented: clients compare them.</param>
    public static Task WriteAsync(HttpContext context, int status, string error) =>
        JsonResponse.WriteAsync(context, status, new ErrorBody(error), HttpJson.Default.ErrorBody);
}
