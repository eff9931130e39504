using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>Tells the client where prices come from, and which exchanges count at the moment.</summary>
/// <param name="Source"><c>simulated</c>, <c>replay</c>, <c>exchanges</c> or the name of one exchange; null if it is not known.</param>
/// <param name="Feeds">All exchanges of the market; empty if it has none.</param>
internal sealed record StatusMessage(string? Source, ImmutableArray<FeedStatus> Feeds) : ServerMessage;
