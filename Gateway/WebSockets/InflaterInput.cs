using System.IO.Compression;

namespace OrleansTicker.Gateway.WebSockets;

/// <summary>The stream that a <see cref="DeflateStream"/> inflates: holds only what was offered last.</summary>
internal sealed class InflaterInput : Stream
{
    private ReadOnlyMemory<byte> _offered;

    /// <summary>What was offered last and has not been read.</summary>
    public ReadOnlySpan<byte> Offered => _offered.Span;

    /// <summary>Where to write what is to be offered next.</summary>
    public Memory<byte> Buffer { get; } = new byte[512];

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Offer(ReadOnlyMemory<byte> bytes) => _offered = bytes;

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _offered.Length);
        Offered[..count].CopyTo(buffer);
        _offered = _offered[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
