using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api.Documents;

/// <summary><c>/openapi/v1.json</c>: what the HTTP API is, for programs. It holds no secrets, so it needs no token.</summary>
internal static class DocumentEndpoint
{
    /// <summary>The path of the document.</summary>
    public const string Path = $"/openapi/{ApiDocument.Name}.json";

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], GetAsync);
        endpoints.MapMethodNotAllowed(Path, MethodNotAllowed.Reading);
    }

    private static async Task GetAsync(HttpContext context, [FromServices] ApiDocument document, [FromServices] BodyWriter writer)
    {
        var body = await document.GetAsync();
        if (!Caching.IsNotModifiedForAll(context, body.Tag))
        {
            await BodyWriter.SendAsync(context, await body.FormForAsync(context, writer));
        }
    }
}
