namespace OrleansTicker.Gateway.Limits;

/// <summary>Marks an endpoint that opens WebSockets or event streams, which are counted while they are open.</summary>
internal sealed class SocketLimitMetadata
{
    /// <summary>Whether routing has chosen such an endpoint for the request.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SocketLimitMetadata>() is not null;
}
