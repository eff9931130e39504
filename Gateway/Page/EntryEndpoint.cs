using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Keys.Storage;

namespace OrleansTicker.Gateway.Page;

/// <summary>What the page may tell those who have no API key yet: where the demo key is, in Development. Nobody needs a token for it.</summary>
internal static class EntryEndpoint
{
    /// <summary>A file in the eyes of the page.</summary>
    public const string Path = "/entry.json";

    public static void MapEntry(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, GetAsync);

    private static Task GetAsync(HttpContext context, [FromServices] DemoApiKey demo) =>
        JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, new PageEntryJson(demo.FilePath), PageJson.Default.PageEntryJson);
}
