using System.Text.Json;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>
/// Checks JSON by schemas of an OpenAPI document, with nothing that a schema does not name. It knows what the gateway's document uses of JSON
/// Schema; any other keyword is an error, so that no rule goes unchecked.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private const string References = "#/";

    private static readonly HashSet<string> Remarks = ["description", "format", "default", "example", "examples", "title"];

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="value">The value.</param>
    public List<string> Check(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        return errors;
    }

    /// <summary>What a reference stands for; the element itself if it is none.</summary>
    public JsonElement Resolve(JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
        {
            return element;
        }

        Assert.StartsWith(References, reference.GetString(), StringComparison.Ordinal);
        return Resolve(reference.GetString()![References.Length..].Split('/').Aggregate(document, (parent, name) => parent.GetProperty(name)));
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("type", out var type) && !HasType(value, type.GetString()!))
        {
            errors.Add($"{at} is {value.GetRawText()}, and no {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(schema, value, at, errors);
        }

        foreach (var rule in schema.EnumerateObject())
        {
            switch (rule.Name)
            {
                case "type" or "properties" or "required" or "additionalProperties":
                    break;
                case "items":
                    foreach (var (place, item) in value.EnumerateArray().Index())
                    {
                        Check(rule.Value, item, $"{at}[{place}]", errors);
                    }

                    break;
                case "enum" when !rule.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)):
                    errors.Add($"{at} is {value.GetRawText()}, and none of {rule.Value.GetRawText()}");
                    break;
                case "minimum" when value.GetDecimal() < rule.Value.GetDecimal():
                case "maximum" when value.GetDecimal() > rule.Value.GetDecimal():
                    errors.Add($"{at} is {value.GetRawText()}: {rule.Name} {rule.Value}");
                    break;
                case "minLength" when value.GetString()!.Length < rule.Value.GetInt32():
                    errors.Add($"{at} is too short");
                    break;
                case "enum" or "minimum" or "maximum" or "minLength":
                    break;
                default:
                    if (!Remarks.Contains(rule.Name))
                    {
                        errors.Add($"The schema of {at} has {rule.Name}, which this test does not know");
                    }

                    break;
            }
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray() : default)
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                errors.Add($"{at} has no {name}");
            }
        }

        foreach (var member in value.EnumerateObject())
        {
            if ((schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var known))
                || schema.TryGetProperty("additionalProperties", out known))
            {
                Check(known, member.Value, $"{at}.{member.Name}", errors);
            }
            else
            {
                errors.Add($"{at}.{member.Name} is not in the document");
            }
        }
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
