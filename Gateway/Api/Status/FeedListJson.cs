using System.Collections.Immutable;
using System.ComponentModel;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary>The answer of <c>GET /api/v1/feeds</c>.</summary>
internal sealed record FeedListJson(
    [property: Description("Where prices come from: simulated, replay, exchanges (a price of several), or the name of the one exchange; left out while it is not known.")]
    string? Source,
    [property: Description("The exchanges that prices come from; empty if they do not come from several.")] ImmutableArray<FeedJson> Feeds)
{
    public static FeedListJson Of(PriceOrigin origin) => new(origin.Source, [.. origin.Feeds.Select(FeedJson.Of)]);
}
