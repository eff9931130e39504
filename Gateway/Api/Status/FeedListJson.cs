using System.Collections.Immutable;
using System.ComponentModel;

namespace OrleansTicker.Gateway.Api.Status;

/// <summary>The answer of <c>GET /api/v1/feeds</c>.</summary>
internal sealed record FeedListJson(
    [property: Description("The exchanges that prices come from; empty if they do not come from several.")] ImmutableArray<FeedJson> Feeds);
