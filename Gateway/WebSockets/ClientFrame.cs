namespace OrleansTicker.Gateway.WebSockets;

/// <summary>What <see cref="ClientFrameReader"/> has found.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Payload">
/// The text, the payload of a ping or a pong, or the reason of a close frame (UTF-8): unmasked, inflated, and valid until the reader's next
/// call. Otherwise empty.
/// </param>
/// <param name="CloseCode">The code of a close frame, if it has one.</param>
internal readonly record struct ClientFrame(ClientFrameKind Kind, ReadOnlyMemory<byte> Payload = default, int? CloseCode = null);
