using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>Adds to each answer what it means, its headers, and an example of its body.</summary>
internal sealed class AnswerRules : IOpenApiOperationTransformer
{
    private const string Download = "download";
    private const string RetryAfter = "When to try again, in seconds.";
    private const string Tag = "W/\"5e2c8cd4f0a94b6d8f1f0a6f3f7f1c55\"";

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["200"] = "What was asked for.",
        ["204"] = "The stream has ended for good: the client presents the id of its last event.",
        ["304"] = "The client has the answer already.",
        ["400"] = "The request is wrong: something is missing, unknown, there twice, or has a wrong value.",
        ["401"] = "There is no valid token.",
        ["403"] = "The policies do not allow it, or the page comes from another origin.",
        ["404"] = "The symbol does not exist, or the token may not see it.",
        ["413"] = "The body has more than 4 KiB.",
        ["429"] = "Too many requests, of this address or of this user.",
        ["500"] = "Something failed in the server.",
        ["503"] = "The server can't answer at present.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var isTagged = operation.Responses!.ContainsKey("304");
        var answers = operation.Responses.Select(pair => (Status: pair.Key, Answer: (OpenApiResponse)pair.Value)).ToList();
        operation.Responses.Clear();
        foreach (var (status, answer) in answers.OrderBy(pair => pair.Status, StringComparer.Ordinal))
        {
            operation.Responses[status] = answer;
            answer.Description = Meanings.GetValueOrDefault(status) ?? answer.Description;
            answer.Headers = HeadersOf(operation.OperationId!, status, isTagged);
            AddExample(operation, status, answer);
        }

        if (operation.OperationId == TokenOperations.IssueId)
        {
            operation.Responses["401"].Description = "Nobody has this API key.";
            operation.Responses["401"].Headers!.Clear();
        }

        if (isTagged)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = HeaderNames.IfNoneMatch,
                In = ParameterLocation.Header,
                Description = "The ETag of an answer that the client has: if it would be the same, it is not sent again.",
                Schema = Text(),
                Example = Tag,
            });
        }

        return Task.CompletedTask;
    }

    private static void AddExample(OpenApiOperation operation, string status, OpenApiResponse answer)
    {
        if (AnswerExamples.MediaOf(operation.OperationId!) is { } media && status == "200")
        {
            var isText = AnswerExamples.Of(operation.OperationId!) is not null;
            answer.Content = new Dictionary<string, OpenApiMediaType> { [media] = new() { Schema = isText ? Text() : null } };
        }

        foreach (var content in answer.Content?.Values ?? [])
        {
            content.Example = status == "200"
                ? AnswerExamples.Of(operation.OperationId!)
                : ErrorExamples.Of(operation, int.Parse(status, CultureInfo.InvariantCulture));
        }
    }

    private static Dictionary<string, IOpenApiHeader> HeadersOf(string operation, string status, bool isTagged)
    {
        var headers = new Dictionary<string, IOpenApiHeader>();
        switch (status)
        {
            case "200" or "304" when isTagged:
                headers[HeaderNames.ETag] = Header("Stands for what the answer says.", Text(), Tag);
                headers[HeaderNames.CacheControl] = Header("How long the client may keep the answer.", Text(), "private, no-cache");
                if (operation == "listCandles")
                {
                    headers[HeaderNames.Link] = Header("The next page, if there is one.", Text(), AnswerExamples.Link, isAlwaysThere: false);
                }

                break;
            case "200" when operation.StartsWith(Download, StringComparison.Ordinal):
                var name = $"{AnswerExamples.Symbol}-1m.{operation[Download.Length..].ToLowerInvariant()}";
                headers[HeaderNames.ContentDisposition] = Header("The name of the file.", Text(), $"attachment; filename={name}");
                break;
            case "401":
                headers[HeaderNames.WWWAuthenticate] = Header("How to present a token (RFC 6750).", Text(), "Bearer");
                break;
            case "429" or "503":
                headers[HeaderNames.RetryAfter] = Header(RetryAfter, new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" }, 1);
                break;
        }

        return headers;
    }

    private static OpenApiHeader Header(string description, OpenApiSchema schema, JsonNode example, bool isAlwaysThere = true) =>
        new() { Description = description, Schema = schema, Example = example, Required = isAlwaysThere };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
