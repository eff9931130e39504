namespace OrleansTicker.Gateway.Limits;

/// <summary>Marks an endpoint that issues or inspects secrets, which each address may therefore request only so often.</summary>
internal sealed class RequestLimitMetadata
{
    /// <summary>Whether routing has chosen such an endpoint for the request.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequestLimitMetadata>() is not null;
}
