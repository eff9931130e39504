using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>subscribed</c>: the current view.</summary>
/// <param name="Symbols">Its symbols.</param>
/// <param name="IntervalMs">The least time between two messages, in milliseconds; 0 for every change.</param>
internal sealed record SubscribedJson(ImmutableArray<string> Symbols, long IntervalMs) : ServerMessageJson;
