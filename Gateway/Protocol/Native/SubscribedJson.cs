using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary><c>subscribed</c>: the view as it now is.</summary>
/// <param name="Symbols">Its symbols.</param>
/// <param name="IntervalMs">At most one message in so many milliseconds; 0 for every change.</param>
internal sealed record SubscribedJson(ImmutableArray<string> Symbols, long IntervalMs) : ServerMessageJson;
