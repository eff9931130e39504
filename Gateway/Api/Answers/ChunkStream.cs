using System.Buffers;

namespace OrleansTicker.Gateway.Api.Answers;

/// <summary>Lets what writes to streams, such as compression, write <see cref="ByteChunks"/>.</summary>
/// <param name="chunks">Where it writes.</param>
internal sealed class ChunkStream(ByteChunks chunks) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => chunks.Length;

    public override long Position
    {
        get => chunks.Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => chunks.Write(buffer);

    public override void Flush()
    {
        // Everything is where it belongs.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
