using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Admin;

/// <summary>The answer of <c>GET /admin/feeds</c>.</summary>
/// <param name="Feeds">The feeds, in the order of the exchanges' names; empty if prices do not come from exchanges.</param>
internal sealed record FeedListJson(ImmutableArray<FeedJson> Feeds);
