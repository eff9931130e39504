using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary>An exchange, as in <c>status</c> messages on the WebSocket.</summary>
internal sealed record FeedJson(
    [property: Description("The exchange, as in symbols.")] string Exchange,
    [property: Description("Whether it counts at present."), AllowedValues("live", "away")] string State,
    [property: Description("Why it is away, for people; left out if it is live or nothing is known.")] string? Cause)
{
    public static FeedJson Of(FeedStatus feed) => new(feed.Exchange, feed.IsLive ? "live" : "away", feed.IsLive ? null : feed.Cause);
}
