using System.Buffers;
using System.Buffers.Binary;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The stream under the runtime's WebSocket: it reads from the connection, and what it writes (answers, pongs) goes through the outbox, so
/// that it falls between the market's frames and never into one. Closing is the session's business: a close frame that the runtime
/// wants to send ends the session, and disposing the stream leaves the connection as it is.
/// </summary>
/// <param name="connection">The connection's own stream.</param>
/// <param name="lifetime">What ends where the client breaks the rules.</param>
/// <param name="outbox">Where all that is written goes.</param>
/// <param name="keepAlive">Who wants to know what is heard of the client.</param>
/// <param name="bytes">What the client may send, in bytes, whatever frames it makes of them.</param>
/// <param name="pongs">What the client may have answered of its pings, which no one above gets to see.</param>
internal sealed class SessionStream(
    Stream connection, SessionLifetime lifetime, Outbox outbox, KeepAlive keepAlive, Allowance bytes, Allowance pongs) : Stream
{
    private const byte PongFrame = 0x8A;
    private const byte CloseFrame = 0x88;
    private const int DrainLength = 4096;

    /// <summary>With this pause after each read, what still comes of a flood costs next to nothing, and waits in the client's own buffers.</summary>
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(50);

    private Allowance _bytes = bytes;
    private Allowance _pongs = pongs;
    private volatile bool _readsEnded;

    public Outbox Outbox => outbox;

    public KeepAlive KeepAlive => keepAlive;

    /// <summary>Whether the client's side of the connection is over: it has ended it, or it is broken. For whoever reads.</summary>
    public bool HasReadToEnd { get; private set; }

    /// <summary>Whether nothing more can be read or written: the connection is over, whoever noticed.</summary>
    public bool IsConnectionOver => HasReadToEnd || outbox.HasFailed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The connection is broken, or the client has sent more than it may.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;
        if (!_readsEnded)
        {
            keepAlive.Listen();
            count = await ReadConnectionAsync(buffer, cancellationToken);
            keepAlive.StopListening();
            if (!_bytes.TryTake(count))
            {
                EndFlood();
            }
        }

        return _readsEnded ? throw new IOException("The client has sent more than it may.") : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads and drops what the client still sends, slowly, until it ends its side of the connection. For one caller, when nobody else reads.</summary>
    /// <returns>Whether it did so in time.</returns>
    public async Task<bool> DrainAsync(TimeSpan patience, TimeProvider time)
    {
        if (HasReadToEnd)
        {
            return true;
        }

        using var end = new CancellationTokenSource(patience, time);
        var buffer = ArrayPool<byte>.Shared.Rent(DrainLength);
        try
        {
            while (await ReadConnectionAsync(buffer.AsMemory(0, DrainLength), end.Token) > 0)
            {
                await Task.Delay(DrainPause, time, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken: over as well.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return true;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        switch (buffer.Span)
        {
            case [CloseFrame, ..]:
                lifetime.End(ReasonOf(buffer.Span));
                return default;
            case [PongFrame, ..] when !_pongs.TryTake():
                EndFlood();
                return default;
            default:
                return new ValueTask(outbox.WriteAsync(buffer.Span).WaitAsync(cancellationToken));
        }
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

    /// <summary>Why the runtime closes: the client has broken the protocol's rules, or a text was no UTF-8.</summary>
    private static CloseReason ReasonOf(ReadOnlySpan<byte> frame) =>
        frame.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(frame[2..]) == CloseReason.Unreadable.Code
            ? CloseReason.Unreadable
            : CloseReason.ProtocolError;

    private async ValueTask<int> ReadConnectionAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await connection.ReadAsync(buffer, cancellationToken);
            HasReadToEnd = count == 0 && buffer.Length > 0;
            return count;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            HasReadToEnd = true;
            throw;
        }
    }

    /// <summary>The session ends, and nothing more is read for it.</summary>
    private void EndFlood()
    {
        _readsEnded = true;
        lifetime.End(CloseReason.TooManyMessages);
    }
}
