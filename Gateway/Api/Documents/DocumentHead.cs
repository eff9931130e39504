using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary>Writes what the document says about the API as a whole.</summary>
internal sealed class DocumentHead : IOpenApiDocumentTransformer
{
    /// <summary>The name of the security scheme.</summary>
    public const string Scheme = "token";

    private const string About =
        """
        Market data over HTTP: symbols, newest prices, candles, and prices as they change.

        First exchange an API key for a token (`POST /auth/token`), then send it with each request: `Authorization: Bearer <token>`. A symbol
        that the token may not see is answered like one that does not exist, and left out of lists.

        Decimals are JSON numbers with all their digits: read them as decimal numbers, since a binary floating-point number does not hold all
        of the digits. Times are Unix seconds, or Unix microseconds in fields that end in `_us`, and in `ts`. What is not known is left out.
        There may be more fields later: ignore those that you do not know. Answers of more than 1,400 bytes are compressed if `Accept-Encoding`
        allows it.

        Paths that do not exist are answered with 404, and other methods with 405, in the same form as other errors. HEAD is answered like GET,
        without the body; the stream of prices has no HEAD.

        Not described here: the WebSocket `/ws/ticker` (docs/protocol.md), and `/admin`, which is for operators (docs/protocol.md,
        docs/configuration.md).
        """;

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Market", "Symbols and their prices."),
        ("Candles", "What the prices of a symbol did in each second, minute, hour or day."),
        ("Status", "The exchanges that prices come from, and the time."),
        ("Charts", "A datafeed for TradingView's charting library, by its protocol UDF. Unknown parameters are ignored here."),
        ("Tokens", "How to get a token, and how to end it."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "OrleansTicker", Version = "1.0", Description = About };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The gateway that serves this document." }];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The token that `POST /auth/token` answers with. A page of the gateway's own origin may send it in the cookie `x-auth-token` instead.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
