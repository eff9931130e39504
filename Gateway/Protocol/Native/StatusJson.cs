using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>status</c>: which exchanges count at the moment.</summary>
/// <param name="Feeds">All exchanges.</param>
internal sealed record StatusJson(ImmutableArray<FeedJson> Feeds) : ServerMessageJson;
