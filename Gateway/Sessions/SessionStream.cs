namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The stream under the runtime's WebSocket: it reads from the connection, and what it writes (answers, pings, pongs, the
/// close) goes through the outbox, so that it falls between the market's frames and never into one.
/// </summary>
/// <param name="connection">The connection's own stream.</param>
/// <param name="outbox">Where all that is written goes.</param>
/// <param name="bytes">What the client may send, in bytes, whatever frames it makes of them.</param>
/// <param name="pongs">What the client may have answered of its pings, which no one above gets to see.</param>
/// <param name="gone">Cancelled when the connection is cut.</param>
internal sealed class SessionStream(Stream connection, Outbox outbox, Allowance bytes, Allowance pongs, CancellationToken gone) : Stream
{
    private const byte PongFrame = 0x8A;

    private Allowance _bytes = bytes;
    private Allowance _pongs = pongs;
    private volatile bool _isDeaf;

    /// <summary>Called, by whoever reads, when the client sends more than it may. Set before the session starts.</summary>
    public Action? Flooded { get; set; }

    public Outbox Outbox => outbox;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Reads nothing more, until the connection is cut: a flood that goes on during the closing handshake then waits in the client's own
    /// buffers, and costs the others nothing. Any thread.
    /// </summary>
    public void StopReading() => _isDeaf = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isDeaf)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
        }

        var count = await connection.ReadAsync(buffer, cancellationToken);
        if (!_bytes.TryTake(count))
        {
            End();
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Span is [PongFrame, ..] && !_pongs.TryTake())
        {
            End();
        }

        return new ValueTask(outbox.WriteAsync(buffer.Span).WaitAsync(cancellationToken));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Writes are complete when their task is.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
            outbox.Abandoned?.Invoke();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        Flooded?.Invoke();
        StopReading();
    }
}
