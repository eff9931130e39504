namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>A received WebSocket message.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Bytes">Its payload, valid until the next receive; empty unless it is a whole message.</param>
internal readonly record struct ReceivedMessage(ReceivedKind Kind, ReadOnlyMemory<byte> Bytes = default);
