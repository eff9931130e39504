using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>status</c>: where prices come from, and which exchanges count at the moment.</summary>
/// <param name="Source"><c>simulated</c>, <c>replay</c>, <c>exchanges</c> or the name of one exchange; left out if it is not known.</param>
/// <param name="Feeds">All exchanges of the market; empty if it has none.</param>
internal sealed record StatusJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source,
    ImmutableArray<FeedJson> Feeds) : ServerMessageJson;
