using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansTicker.Gateway.Api.Candles;
using OrleansTicker.Gateway.Api.Udf;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>
/// Describes what parameters may be. Handlers take all of them as texts, to answer what is wrong with them. The examples go together, since the
/// page sends them all: a parameter that excludes another one, or that leads to an empty answer some day, such as a time, has none.
/// </summary>
internal sealed class ParameterRules : IOpenApiOperationTransformer
{
    /// <summary>Parameters that mean something else in some operations, by operation and name.</summary>
    private static readonly Dictionary<(string Operation, string Name), Action<OpenApiParameter>> Special = new()
    {
        [("searchUdfSymbols", "limit")] = parameter => Set(parameter, Whole(UdfEndpoints.MaxLimit, UdfEndpoints.DefaultLimit), 10),
        [("searchUdfSymbols", "exchange")] = parameter => Set(parameter, Text(), UdfSymbolJson.WholeMarket),
        [("getUdfHistory", "from")] = parameter => Set(parameter, UnixSeconds()),
        [("getUdfHistory", "to")] = parameter => Set(parameter, UnixSeconds()),
    };

    private static readonly Dictionary<string, Action<OpenApiParameter>> Known = new(StringComparer.Ordinal)
    {
        ["symbol"] = parameter => Set(parameter, Text(), AnswerExamples.Symbol),
        ["symbols"] = parameter => Set(parameter, Text(), $"{AnswerExamples.Symbol},ETH-USD"),
        ["exchange"] = parameter => Set(parameter, Text()),
        ["interval"] = parameter => Set(parameter, OneOf(CandleIntervals.Names), "1m"),
        ["from"] = parameter => Set(parameter, Text()),
        ["to"] = parameter => Set(parameter, Text()),
        ["limit"] = parameter => Set(parameter, Whole(CandleQuery.MaxLimit, CandleRequest.DefaultLimit), 100),
        ["cursor"] = parameter => Set(parameter, Text()),
        ["query"] = parameter => Set(parameter, Text(), "BTC"),
        ["resolution"] = parameter => Set(parameter, OneOf(UdfResolutions.All), "1"),
        ["countback"] = parameter => Set(parameter, Whole(null, null), 300),
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Example is null) ?? [])
        {
            var describe = Special.GetValueOrDefault((operation.OperationId!, parameter.Name!)) ?? Known.GetValueOrDefault(parameter.Name!)
                ?? throw new InvalidOperationException($"The parameter {parameter.Name} of {operation.OperationId} has no description in {nameof(ParameterRules)}.");
            describe(parameter);
        }

        return Task.CompletedTask;
    }

    private static void Set(OpenApiParameter parameter, OpenApiSchema schema, JsonNode? example = null) => (parameter.Schema, parameter.Example) = (schema, example);

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema OneOf(IEnumerable<string> values) => new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)] };

    private static OpenApiSchema UnixSeconds() => new() { Type = JsonSchemaType.Integer, Format = "int64" };

    private static OpenApiSchema Whole(int? most, int? normal) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = most?.ToString(CultureInfo.InvariantCulture),
        Default = normal,
    };
}
