using Microsoft.Extensions.FileProviders;
using OrleansTicker.Gateway.Api.Documents;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Page;

/// <summary>Serves the page's files, and the page itself for every path that a browser may have been sent to.</summary>
internal static class PageEndpoint
{
    /// <summary>The page's folder beside the program.</summary>
    private const string Folder = "public";

    private const string PageFile = "index.html";

    /// <summary>
    /// Symbols that look like files, since they have a dot: <c>BTC.B-USD</c>, <c>coinbase:BTC-USDT.E</c>. Unlike them, an extension is in small
    /// letters and digits.
    /// </summary>
    private const string SymbolsWithDot = @"/{symbol:regex((?-i)^.*-.*\.[^.]*[^.a-z0-9][^.]*$|^.*\.[^.]*-[^.]*$)}";

    /// <summary>The first segments of paths that programs use. Unknown paths there are answered in JSON.</summary>
    private static readonly string[] ApiRoots = ["auth", "ws", "api", "udf", "admin", "health", "openapi"];

    /// <summary>Serves the files of the page, for GET and HEAD, compressed for browsers that can read that.</summary>
    public static void UsePage(this WebApplication app)
    {
        app.UseWhen(context => IsOfPage(context.Request.Path), page => page.UseResponseCompression());
        app.UseStaticFiles(Options());
    }

    /// <summary>Answers what no other endpoint and no file has answered.</summary>
    public static void MapPageFallback(this IEndpointRouteBuilder endpoints)
    {
        foreach (var root in ApiRoots)
        {
            endpoints.MapFallback($"/{root}/{{**rest}}", NotFound);
        }

        // What looks like a file is none of the page's own paths, unless it is a symbol: a missing script must be a 404 and not a page.
        endpoints.MapFallbackToFile("/{*path:nonfile}", PageFile, Options());
        endpoints.MapFallbackToFile(SymbolsWithDot, PageFile, Options());
        endpoints.MapFallback("/{*path:file}", NotFound);
    }

    /// <summary>Other answers compress themselves, or hold something secret beside what the client chose: their length would tell it.</summary>
    private static bool IsOfPage(PathString path) =>
        !path.StartsWithSegments(DocumentPage.Path) && !Array.Exists(ApiRoots, root => path.StartsWithSegments($"/{root}"));

    private static Task NotFound(HttpContext context) =>
        ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, "not found");

    private static StaticFileOptions Options() => new()
    {
        FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, Folder)),

        // The page is small and changes with the gateway: the browser asks each time, and mostly gets 304 (Not Modified).
        OnPrepareResponse = response => response.Context.Response.Headers.CacheControl = "no-cache",
    };
}
