namespace OrleansTicker.Gateway.Http;

/// <summary>Answers methods that a path does not support. Without it the fallback route of the page would answer them.</summary>
internal static class MethodNotAllowed
{
    /// <summary>The methods of a path that is only read.</summary>
    public const string Reading = "GET, HEAD";

    /// <summary>Answers every method that no other endpoint of the path handles with 405.</summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="path">The path.</param>
    /// <param name="allowed">The methods that it has, as the <c>Allow</c> header lists them (RFC 9110, 10.2.1).</param>
    public static IEndpointConventionBuilder MapMethodNotAllowed(this IEndpointRouteBuilder endpoints, string path, string allowed) =>
        endpoints.Map(path, context =>
        {
            context.Response.Headers.Allow = allowed;
            return ErrorResponse.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method not allowed");
        });
}
