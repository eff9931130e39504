using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>Describes the bodies of requests about tokens, which are read as bytes and not by their content type.</summary>
internal sealed class TokenOperations : IOpenApiOperationTransformer
{
    /// <summary>The operation that needs no token.</summary>
    public const string IssueId = "issueToken";

    private const string RevokeId = "revokeToken";
    private const string IntrospectId = "introspectToken";
    private const string Form = "application/x-www-form-urlencoded";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        switch (operation.OperationId)
        {
            case IssueId:
                operation.Security = [];
                operation.RequestBody = Body("The API key.", "api_key", AnswerExamples.ApiKey, MediaTypeNames.Application.Json);
                break;
            case RevokeId or IntrospectId:
                operation.RequestBody = Body("The token that the request is about.", "token", AnswerExamples.Token, MediaTypeNames.Application.Json, Form);
                break;
        }

        return Task.CompletedTask;
    }

    private static OpenApiRequestBody Body(string description, string field, string example, params string[] contentTypes) => new()
    {
        Description = description,
        Required = true,
        Content = contentTypes.ToDictionary(contentType => contentType, _ => new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { field },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    [field] = new OpenApiSchema { Type = JsonSchemaType.String, Description = description, MinLength = 1 },
                },
            },
            Example = new JsonObject { [field] = example },
        }),
    };
}
