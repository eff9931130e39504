using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>
/// Makes schemas say how the JSON types are written: what is null is left out, everything else is there, and decimals have all their digits.
/// </summary>
internal sealed class SchemaRules : IOpenApiSchemaTransformer
{
    /// <summary>A fixed-point decimal number, in the registry of OpenAPI's formats.</summary>
    private const string DecimalFormat = "decimal";

    private static readonly string[] Suffixes = ["Json", "Body", "Response"];

    /// <summary>The name of a type's schema; null if it is described where it is used.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        var suffix = Array.Find(Suffixes, suffix => name?.EndsWith(suffix, StringComparison.Ordinal) == true);
        return suffix is null ? name : name![..^suffix.Length];
    }

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Type &= ~JsonSchemaType.Null;
        if (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is var inner && (inner ?? context.JsonTypeInfo.Type) == typeof(decimal))
        {
            schema.Format = DecimalFormat;
        }

        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true) is [AllowedValuesAttribute allowed])
        {
            schema.Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create((string)value!))];
        }

        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Required = context.JsonTypeInfo.Properties.Where(property => !property.IsGetNullable).Select(property => property.Name).ToHashSet();
        }

        return Task.CompletedTask;
    }
}
