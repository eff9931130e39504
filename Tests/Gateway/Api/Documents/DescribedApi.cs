using System.Net.Http.Headers;
using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>The API as its document describes it.</summary>
internal sealed class DescribedApi
{
    private readonly SchemaCheck _schemas;

    private DescribedApi(JsonElement document)
    {
        Document = document;
        _schemas = new SchemaCheck(document);
        Operations =
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
                operation => new DescribedOperation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
        ];
    }

    public JsonElement Document { get; }

    public IReadOnlyList<DescribedOperation> Operations { get; }

    public static async Task<DescribedApi> ReadAsync(GatewayHost gateway) =>
        new(JsonSerializer.Deserialize<JsonElement>(await gateway.Http.GetStringAsync("/openapi/v1.json", ApiHost.Stop)));

    public DescribedOperation this[string id] => Operations.Single(operation => operation.Id == id);

    /// <summary>What is wrong with the examples of the document.</summary>
    public IEnumerable<string> FindWrongExamples()
    {
        foreach (var operation in Operations)
        {
            foreach (var parameter in operation.Parameters)
            {
                var isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean();
                foreach (var error in parameter.TryGetProperty("example", out var example) ? _schemas.Check(parameter.GetProperty("schema"), example)
                    : isRequired ? ["there is no example"] : [])
                {
                    yield return $"{operation}, {parameter.GetProperty("name")}: {error}";
                }
            }

            foreach (var answer in operation.Answers.EnumerateObject())
            {
                foreach (var error in FindWrong(answer.Value))
                {
                    yield return $"{operation}, {answer.Name}: {error}";
                }
            }

            if (operation.Description.TryGetProperty("requestBody", out var body))
            {
                foreach (var error in FindWrong(body))
                {
                    yield return $"{operation}: {error}";
                }
            }
        }
    }

    /// <summary>Sends a request, with a token where the operation needs one, and checks the answer by the document.</summary>
    /// <returns>The answer.</returns>
    public async Task<HttpResponseMessage> ExpectAsync(GatewayHost gateway, DescribedOperation operation, int status, string? token, HttpRequestMessage request)
    {
        request.Headers.Authorization = token is null || !operation.NeedsToken ? null : new AuthenticationHeaderValue("Bearer", token);
        var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ApiHost.Stop);
        Assert.True(status == (int)response.StatusCode, $"{operation} {request.RequestUri}: {(int)response.StatusCode} instead of {status}");
        Assert.True(operation.Has($"{status}"), $"{operation} has no answer {status}");
        var answer = operation.Answers.GetProperty($"{status}");
        CheckHeaders(answer, response, $"{operation}, {status}");
        await CheckBodyAsync(answer, response, $"{operation}, {status}");
        return response;
    }

    private static void CheckHeaders(JsonElement answer, HttpResponseMessage response, string what)
    {
        var there = response.Headers.Concat(response.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var header in answer.TryGetProperty("headers", out var headers) ? headers.EnumerateObject() : default)
        {
            var isRequired = header.Value.TryGetProperty("required", out var required) && required.GetBoolean();
            Assert.True(!isRequired || there.Contains(header.Name), $"{what}: no header {header.Name}");
        }
    }

    private async Task CheckBodyAsync(JsonElement answer, HttpResponseMessage response, string what)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (!answer.TryGetProperty("content", out var contents))
        {
            Assert.Equal("", await response.Content.ReadAsStringAsync(ApiHost.Stop));
            return;
        }

        Assert.True(contents.TryGetProperty(mediaType ?? "", out var content), $"{what}: {mediaType} is not in the document");
        if (mediaType!.EndsWith("json", StringComparison.Ordinal))
        {
            var body = await response.Content.ReadAsStringAsync(ApiHost.Stop);
            var errors = _schemas.Check(content.GetProperty("schema"), JsonSerializer.Deserialize<JsonElement>(body));
            Assert.True(errors.Count == 0, $"{what}: {string.Join("; ", errors)} in {body}");
        }
    }

    private IEnumerable<string> FindWrong(JsonElement message)
    {
        foreach (var content in message.TryGetProperty("content", out var contents) ? contents.EnumerateObject() : default)
        {
            if (content.Value.TryGetProperty("schema", out var schema))
            {
                foreach (var error in content.Value.TryGetProperty("example", out var example) ? _schemas.Check(schema, example) : ["there is no example"])
                {
                    yield return error;
                }
            }
        }
    }
}
