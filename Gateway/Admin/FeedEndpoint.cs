using OrleansTicker.Gateway.Feeds;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Policies;

namespace OrleansTicker.Gateway.Admin;

/// <summary><c>/admin/feeds</c>: the feeds of the exchanges that prices come from, if a policy allows it.</summary>
internal static class FeedEndpoint
{
    /// <summary>The path.</summary>
    public const string Path = "/admin/feeds";

    public static void MapFeeds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ListAsync).RequireAllowed("feed.list", "feed").AddEndpointFilter<FaultFilter<ClusterFaults>>();
        endpoints.MapMethodNotAllowed(Path, HttpMethods.Get);
    }

    private static async Task ListAsync(HttpContext context, FeedReports feeds, TimeProvider time)
    {
        var reports = await feeds.GetAsync();
        var now = time.GetUtcNow();
        var list = new FeedListJson([.. reports.Select(report => FeedJson.Of(report, now))]);
        await JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, list, AdminJson.Default.FeedListJson);
    }
}
