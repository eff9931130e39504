namespace OrleansTicker.LoadTest.Clients;

/// <summary>A control frame or a whole message. Its bytes are those of the reader, and valid until it reads on.</summary>
internal readonly ref struct Frame(Opcode opcode, ReadOnlySpan<byte> payload)
{
    public Opcode Opcode { get; } = opcode;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
