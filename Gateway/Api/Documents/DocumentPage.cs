using System.Security.Cryptography;
using OrleansTicker.Gateway.Http;
using Scalar.AspNetCore;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary><c>/docs</c>: the document for people, by Scalar, whose script comes from its package. Nothing is loaded from elsewhere.</summary>
internal static class DocumentPage
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/docs";

    private const int NonceBytes = 16;

    public static void MapDocumentPage(this IEndpointRouteBuilder endpoints) => endpoints.MapScalarApiReference(Path, Configure);

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Features.Set(ContentPolicy.WithNonce(nonce));
        context.Response.Headers.CacheControl = "no-store";
        options
            .WithTitle("OrleansTicker API")
            .WithOpenApiRoutePattern(DocumentEndpoint.Path)
            .WithNonce(nonce)
            .AddHeadContent($"""<meta property="csp-nonce" content="{nonce}"><script src="../js/docs.js" nonce="{nonce}"></script>""")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp();
        options.DefaultOpenAllTags = true;
        options.HideClientButton = true; // It would lead to another site.
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never; // As would these.
        options.SchemaPropertyOrder = PropertyOrder.Preserve;
    }
}
