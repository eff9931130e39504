namespace OrleansTicker.Common.WebSockets;

/// <summary>A received WebSocket message.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its payload, valid until the next read; empty unless it is a whole text message.</param>
public readonly record struct ReceivedMessage(ReceivedKind Kind, ReadOnlyMemory<byte> Text = default);
