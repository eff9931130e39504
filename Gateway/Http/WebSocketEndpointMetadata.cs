namespace OrleansTicker.Gateway.Http;

/// <summary>
/// Marks the endpoint that opens sockets. Middleware asks for this mark and never compares paths: routing takes more than one spelling of
/// a path, such as one with a slash at its end.
/// </summary>
internal sealed class WebSocketEndpointMetadata
{
    /// <summary>Whether routing has chosen such an endpoint for the request.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<WebSocketEndpointMetadata>() is not null;
}
