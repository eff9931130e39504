using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>Adds what makes the OpenAPI document of the routes.</summary>
internal static class DocumentServices
{
    private const string TokenRoot = "/auth";

    /// <summary>What the document describes. <c>/admin</c> is for operators, and the WebSocket is more than OpenAPI can say.</summary>
    private static readonly string[] Roots = [ApiPaths.Rest, ApiPaths.Udf, TokenRoot];

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // Only the document is made by these: answers are written by generated code, by the same rules.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<ApiDocument>();
        return services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.ShouldInclude = IsDescribed;
            options.CreateSchemaReferenceId = SchemaRules.NameOf;
            options.AddSchemaTransformer<SchemaRules>();
            options.AddOperationTransformer<StreamOperation>();
            options.AddOperationTransformer<TokenOperations>();
            options.AddOperationTransformer<ParameterRules>();
            options.AddOperationTransformer<AnswerRules>();
            options.AddDocumentTransformer<DocumentHead>();
        });
    }

    /// <summary>Whether the document has an operation. HEAD is the same as GET, and clients that are made of the document need no second one.</summary>
    private static bool IsDescribed(ApiDescription description) =>
        !HttpMethods.IsHead(description.HttpMethod ?? "") && Array.Exists(Roots, root => $"/{description.RelativePath}".StartsWith($"{root}/", StringComparison.Ordinal));
}
