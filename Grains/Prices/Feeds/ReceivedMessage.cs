namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>A WebSocket message as it came in.</summary>
/// <param name="Kind">How it came.</param>
/// <param name="Bytes">Its payload, valid until the next one is received; empty unless it is whole.</param>
internal readonly record struct ReceivedMessage(ReceivedKind Kind, ReadOnlyMemory<byte> Bytes = default);
