using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary><c>/feeds</c> and <c>/time</c>.</summary>
internal static class StatusEndpoints
{
    /// <summary>The path of the exchanges, in the API.</summary>
    public const string FeedsPath = "/feeds";

    /// <summary>The path of the time, in the API.</summary>
    public const string TimePath = "/time";

    public static void MapStatus(this IEndpointRouteBuilder api)
    {
        api.MapGet(FeedsPath, GetFeedsAsync)
            .WithName("listFeeds")
            .WithTags("Status")
            .WithSummary("Lists exchanges")
            .WithDescription("Where prices come from: the source, its exchanges if there are several, and whether each one counts at present.")
            .Produces<FeedListJson>()
            .Produces(StatusCodes.Status304NotModified);
        api.MapGet(TimePath, GetTimeAsync)
            .WithName("getTime")
            .WithTags("Status")
            .WithSummary("Gets the server's time")
            .WithDescription("The time by the clock of the server, to measure by how much the client's clock differs.")
            .Produces<TimeJson>();
    }

    private static async Task GetFeedsAsync(HttpContext context, [FromServices] IMarketFeed market, [FromServices] BodyWriter writer)
    {
        using var body = writer.Encode(context, FeedListJson.Of(market.Newest.Origin), StatusJson.Default.FeedListJson);
        await BodyWriter.SendTaggedAsync(context, body);
    }

    private static Task GetTimeAsync(HttpContext context, [FromServices] TimeProvider time)
    {
        var now = time.GetUtcNow();
        var micros = (now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
        var answer = new TimeJson(
            now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), now.ToUnixTimeSeconds(), micros);
        return JsonResponse.WriteUncachedAsync(context, StatusCodes.Status200OK, answer, StatusJson.Default.TimeJson);
    }
}
