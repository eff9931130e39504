namespace OrleansTicker.Gateway.Limits;

/// <summary>Marks an endpoint that gives out or looks into secrets, and which each address may therefore ask only so often.</summary>
internal sealed class RequestLimitMetadata
{
    /// <summary>Whether routing has chosen such an endpoint for the request.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RequestLimitMetadata>() is not null;
}
