using System.Text.Json;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>An operation of the document.</summary>
/// <param name="Method">Its method, in capitals.</param>
/// <param name="Path">Its path, with its parameters in braces.</param>
/// <param name="Description">What the document says about it.</param>
internal sealed record DescribedOperation(string Method, string Path, JsonElement Description)
{
    public string Id => Description.GetProperty("operationId").GetString()!;

    public bool NeedsToken => !Description.TryGetProperty("security", out var security) || security.GetArrayLength() > 0;

    public IEnumerable<JsonElement> Parameters => Description.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    public JsonElement Answers => Description.GetProperty("responses");

    public bool Has(string status) => Answers.TryGetProperty(status, out _);

    public override string ToString() => Id;

    /// <summary>A request with the examples of the document.</summary>
    /// <param name="values">Other values, by parameter; null leaves it out.</param>
    public HttpRequestMessage CreateRequest(params (string Name, string? Value)[] values)
    {
        var others = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
        var (path, query) = (Path, new List<string>());
        var request = new HttpRequestMessage { Method = new HttpMethod(Method) };
        foreach (var parameter in Parameters)
        {
            var name = parameter.GetProperty("name").GetString()!;
            if ((others.Remove(name, out var value) ? value : parameter.TryGetProperty("example", out var example) ? TextOf(example) : null) is not { } text)
            {
                continue;
            }

            var escaped = Uri.EscapeDataString(text);
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", escaped, StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{name}={escaped}");
                    break;
                default:
                    request.Headers.TryAddWithoutValidation(name, text);
                    break;
            }
        }

        query.AddRange(others.Where(other => other.Value is not null).Select(other => $"{other.Key}={Uri.EscapeDataString(other.Value!)}"));
        request.RequestUri = new Uri($"{path}?{string.Join('&', query)}", UriKind.Relative);
        if (Description.TryGetProperty("requestBody", out var body))
        {
            request.Content = new StringContent(body.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText());
        }

        return request;
    }

    private static string TextOf(JsonElement example) => example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText();
}
