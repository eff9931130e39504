namespace OrleansTicker.History.Formats;

/// <summary>
/// Keeps what is written until it is forwarded, so that a library that writes synchronously can write to a stream that doesn't allow it, such as
/// a response.
/// </summary>
/// <param name="target">The stream.</param>
internal sealed class ForwardStream(Stream target) : Stream
{
    private readonly MemoryStream _kept = new();
    private long _forwarded;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => Position;

    /// <inheritdoc/>
    public override long Position
    {
        get => _forwarded + _kept.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Writes what is kept to the target.</summary>
    public async Task ForwardAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_kept.GetBuffer().AsMemory(0, (int)_kept.Length), cancellationToken);
        _forwarded += _kept.Length;
        _kept.SetLength(0);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _kept.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _kept.Write(buffer);

    /// <inheritdoc/>
    public override void Flush()
    {
        // Only forwarding brings it to the target.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
