using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>Tells the client which exchanges count at the moment.</summary>
/// <param name="Feeds">All exchanges of the market; empty if it has none.</param>
internal sealed record StatusMessage(ImmutableArray<FeedStatus> Feeds) : ServerMessage;
