using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>Describes the parameters of event streams, which read their query themselves.</summary>
internal sealed class StreamOperation : IOpenApiOperationTransformer
{
    /// <summary>The operation.</summary>
    public const string Id = "streamPrices";

    private static readonly string LongestInterval = NativeReader.LongestIntervalMs.ToString(CultureInfo.InvariantCulture);

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId == Id)
        {
            operation.Parameters =
            [
                Query(
                    "symbols",
                    "The symbols, separated by commas or repeated; without it, those of the whole market. * stands for all.",
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    "BTC-USD,ETH-USD"),
                Query(
                    "detail",
                    "How much of each quote is sent.",
                    new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["price", "full"], Default = "price" },
                    "full"),
                Query(
                    "interval",
                    "At most one message with prices in so many milliseconds; 0 for every change.",
                    new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = LongestInterval, Default = 0 },
                    250),
                Query(
                    "status",
                    "Whether to be told which exchanges come and go.",
                    new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false },
                    true),
                Query(
                    "lastEventId",
                    "As the header Last-Event-ID, for clients that can't set it.",
                    new OpenApiSchema { Type = JsonSchemaType.String },
                    AnswerExamples.EventId),
                new OpenApiParameter
                {
                    Name = "Last-Event-ID",
                    In = ParameterLocation.Header,
                    Description = "The id of the last event that the client has: the stream continues there. Takes precedence over lastEventId.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = AnswerExamples.EventId,
                },
            ];
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema, JsonNode example) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema, Example = example };
}
