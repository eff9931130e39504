namespace OrleansTicker.LoadTest.Clients;

/// <summary>A control frame or a whole message. Its bytes are valid until the next read.</summary>
internal readonly ref struct Frame(Opcode opcode, ReadOnlySpan<byte> payload)
{
    public Opcode Opcode { get; } = opcode;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
