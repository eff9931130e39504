namespace OrleansTicker.Gateway.Limits;

/// <summary>Marks an endpoint that answers with market data, which each address and each user may request only so often.</summary>
internal sealed class ReadLimitMetadata
{
    /// <summary>Whether routing has chosen such an endpoint for the request.</summary>
    public static bool IsFor(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ReadLimitMetadata>() is not null;
}
