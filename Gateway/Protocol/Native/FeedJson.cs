using System.Text.Json.Serialization;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>An exchange in a <c>status</c> message.</summary>
/// <param name="Exchange">Its name, as in symbols.</param>
/// <param name="State"><c>live</c> or <c>away</c>.</param>
/// <param name="Cause">Why it is away, for people; left out if it is live, or if nothing is known.</param>
internal sealed record FeedJson(
    string Exchange,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cause)
{
    public static FeedJson Of(FeedStatus feed) => new(feed.Exchange, feed.IsLive ? "live" : "away", feed.IsLive ? null : feed.Cause);
}
