using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>A frame of a client, or its message put together.</summary>
/// <param name="Opcode">What it is.</param>
/// <param name="Payload">The bytes, no longer masked.</param>
/// <param name="IsFinal">Whether the message ends with it.</param>
/// <param name="IsCompressed">Whether the bytes are compressed.</param>
internal readonly record struct ClientFrame(Opcode Opcode, byte[] Payload, bool IsFinal, bool IsCompressed);
