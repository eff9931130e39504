using Microsoft.Extensions.FileProviders;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Page;

/// <summary>Serves the page's files, and the page itself for every path that a browser may have been sent to.</summary>
internal static class PageEndpoint
{
    /// <summary>The page's folder beside the program.</summary>
    private const string Folder = "public";

    /// <summary>The first segments of paths that programs use. Unknown paths there are answered in JSON.</summary>
    private static readonly string[] ApiRoots = ["auth", "ws", "api", "udf", "admin", "health", "openapi"];

    /// <summary>Serves the files of the page, for GET and HEAD.</summary>
    public static void UsePage(this WebApplication app) => app.UseStaticFiles(Options());

    /// <summary>Answers what no other endpoint and no file has answered.</summary>
    public static void MapPageFallback(this IEndpointRouteBuilder endpoints)
    {
        foreach (var root in ApiRoots)
        {
            endpoints.MapFallback($"/{root}/{{**rest}}", NotFound);
        }

        // The route takes paths without an extension only: a missing script must be a 404 and not a page.
        endpoints.MapFallbackToFile("/{*path:nonfile}", "index.html", Options());
        endpoints.MapFallback("/{*path:file}", NotFound);
    }

    private static Task NotFound(HttpContext context) =>
        ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, "not found");

    private static StaticFileOptions Options() => new()
    {
        FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, Folder)),

        // The page is small and changes with the gateway: the browser asks each time, and mostly gets 304 (Not Modified).
        OnPrepareResponse = response => response.Context.Response.Headers.CacheControl = "no-cache",
    };
}
