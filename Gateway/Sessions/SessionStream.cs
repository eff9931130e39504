using System.Buffers.Binary;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The stream under the runtime's WebSocket. It reads from the connection; what it writes (answers, pongs) goes through the outbox, so that
/// it never falls inside a market frame. The session does the closing: a close frame that the runtime wants to send ends the session, and
/// disposing the stream leaves the connection as it is.
/// </summary>
/// <param name="connection">The connection's own stream.</param>
/// <param name="lifetime">Is ended if the client breaks the rules.</param>
/// <param name="outbox">Takes everything that is written.</param>
/// <param name="keepAlive">Is told when a read begins and ends.</param>
/// <param name="flood">How much the client may send.</param>
internal sealed class SessionStream(Stream connection, SessionLifetime lifetime, Outbox outbox, KeepAlive keepAlive, ClientFlood flood) : Stream
{
    private const byte PongFrame = 0x8A;
    private const byte CloseFrame = 0x88;

    private ClientFlood _flood = flood;
    private volatile bool _readsEnded;

    public Outbox Outbox => outbox;

    public KeepAlive KeepAlive => keepAlive;

    /// <summary>
    /// Whether the client's side of the connection is over, because the client ended it or it broke. Only the reader may call it.
    /// </summary>
    public bool HasReadToEnd { get; private set; }

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
            if (!_flood.TryTakeBytes(count))
            {
                EndFlood();
            }
        }

        return _readsEnded ? throw new IOException("The client has sent more than it may.") : count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>
    /// Slowly reads and drops what the client still sends, until it ends its side of the connection. Call it only when nobody else reads.
    /// </summary>
    /// <returns>Whether it did so in time.</returns>
    public Task<bool> DrainAsync(TimeSpan patience, TimeProvider time) =>
        HasReadToEnd ? Task.FromResult(true) : ConnectionDrain.RunAsync(ReadConnectionAsync, patience, time);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        switch (buffer.Span)
        {
            case [CloseFrame, ..]:
                lifetime.End(ReasonOf(buffer.Span));
                return default;
            case [PongFrame, ..] when !_flood.TryTakePing():
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
        // A write is complete when its task is.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Why the runtime closes: the client has broken the protocol's rules, or a text was not UTF-8.</summary>
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

    /// <summary>Ends the session, and reads nothing more for it.</summary>
    private void EndFlood()
    {
        _readsEnded = true;
        lifetime.End(CloseReason.TooManyMessages);
    }
}
