using System.Net.Mime;

namespace OrleansTicker.Gateway.Http;

/// <summary>Declares the errors of endpoints, in the forms that <see cref="ErrorResponse"/> gives them.</summary>
internal static class ErrorMetadata
{
    /// <summary>Endpoints under <see cref="ApiPaths.Rest"/> answer with these errors, as problems.</summary>
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder endpoints, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => endpoints.Produces(typeof(ProblemBody), ProblemResponse.ContentType, statuses);

    /// <summary>Endpoints under <see cref="ApiPaths.Udf"/> answer with these errors.</summary>
    public static TBuilder ProducesUdfErrors<TBuilder>(this TBuilder endpoints, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => endpoints.Produces(typeof(UdfError), MediaTypeNames.Application.Json, statuses);

    /// <summary>Other endpoints answer with these errors.</summary>
    public static TBuilder ProducesErrors<TBuilder>(this TBuilder endpoints, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => endpoints.Produces(typeof(ErrorBody), MediaTypeNames.Application.Json, statuses);

    private static TBuilder Produces<TBuilder>(this TBuilder endpoints, Type body, string contentType, int[] statuses)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, body, [contentType]))]);
}
