using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using OrleansTicker.Gateway.Api.Udf;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>An example of each error, in the form of its operation.</summary>
internal static class ErrorExamples
{
    private const string Tokens = "Tokens";
    private const string Charts = "Charts";
    private const string Candles = "Candles";

    /// <summary>An example of an error.</summary>
    /// <param name="operation">The operation that is answered with it.</param>
    /// <param name="status">Its status.</param>
    public static JsonNode? Of(OpenApiOperation operation, int status)
    {
        var tag = operation.Tags?.FirstOrDefault()?.Name;
        var (parameter, fault) = status == StatusCodes.Status400BadRequest && tag != Tokens ? FaultOf(operation) : default;
        var detail = parameter is not null ? $"{parameter} {fault}" : DetailOf(operation.OperationId!, tag, status);
        return tag switch
        {
            Tokens => JsonSerializer.SerializeToNode(new ErrorBody(detail), HttpJson.Default.ErrorBody),
            Charts => JsonSerializer.SerializeToNode(new UdfError("error", detail), HttpJson.Default.UdfError),
            _ => JsonSerializer.SerializeToNode(
                new ProblemBody(
                    "about:blank",
                    ReasonPhrases.GetReasonPhrase(status),
                    status,
                    detail,
                    parameter is null ? null : new Dictionary<string, string[]> { [parameter] = [fault!] }),
                HttpJson.Default.ProblemBody),
        };
    }

    /// <summary>What may be wrong with a parameter of an operation.</summary>
    private static (string Parameter, string Fault) FaultOf(OpenApiOperation operation)
    {
        string[] parameters = [.. operation.Parameters?.Where(parameter => parameter.In == ParameterLocation.Query).Select(parameter => parameter.Name!) ?? []];
        return operation.OperationId == StreamOperation.Id ? ("detail", "must be price or full")
            : parameters.Contains("resolution") ? ("resolution", $"must be one of {string.Join(", ", UdfResolutions.All)}")
            : parameters.Contains("limit") ? ("limit", $"must be a whole number from 1 to {CandleQuery.MaxLimit}")
            : parameters.Contains("interval") ? ("interval", $"must be one of {string.Join(", ", CandleIntervals.Names)}")
            : parameters.Length > 0 ? ("form", $"is unknown: there are {string.Join(", ", parameters)}")
            : ("form", "is unknown: there are no parameters here");
    }

    private static string DetailOf(string operation, string? tag, int status) => status switch
    {
        StatusCodes.Status400BadRequest => operation == TokenOperations.IssueId ? "api_key required" : "invalid_request",
        StatusCodes.Status401Unauthorized => operation == TokenOperations.IssueId ? "invalid API key" : "authentication required",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "no such symbol",
        StatusCodes.Status413PayloadTooLarge => "request too large",
        StatusCodes.Status429TooManyRequests => "too many requests",
        StatusCodes.Status500InternalServerError => operation == TokenOperations.IssueId ? "database unavailable" : "internal error",
        _ => operation == StreamOperation.Id ? "gateway stopping"
            : tag == Tokens ? "token store unavailable"
            : tag == Candles || operation == "getUdfHistory" ? "history unavailable"
            : "no prices yet",
    };
}
