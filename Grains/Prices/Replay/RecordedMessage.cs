namespace OrleansTicker.Grains.Prices.Replay;

/// <summary>A line of a recording.</summary>
/// <param name="ReceivedAt">When the message was received, since the Unix epoch.</param>
/// <param name="Bytes">The message, valid until the next line is read.</param>
internal readonly record struct RecordedMessage(TimeSpan ReceivedAt, ReadOnlyMemory<byte> Bytes);
