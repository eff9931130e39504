using System.Buffers;
using System.Threading.Channels;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Exchange.Wire;

/// <summary>
/// The server's end of a WebSocket. It writes its own frames, for three reasons: many messages go out in one write, pongs can be counted, and
/// it can send what no library would. Queueing is thread-safe.
/// </summary>
internal sealed class ServerSocket(Stream stream, bool compresses) : IDisposable
{
    /// <summary>How much may wait for a client that does not read, before it is dropped.</summary>
    private const int MaxQueuedBytes = 64 * 1024 * 1024;

    private const int InitialSize = 4096;

    private readonly Lock _queueing = new();
    private readonly MaskedFrameReader _reader = new(stream);
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<bool> _more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ArrayBufferWriter<byte> _queue = new(InitialSize);
    private ArrayBufferWriter<byte> _sent = new(InitialSize);
    private bool _endsAfterQueue;
    private bool _isDisposed;

    /// <summary>Whether messages are compressed, because the client offered it.</summary>
    public bool Compresses => compresses;

    /// <summary>Adds a frame. It goes out at the next <see cref="Flush"/>.</summary>
    public void Queue(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var isCompressed = compresses && opcode is (Opcode.Text or Opcode.Binary);
        var bytes = isCompressed ? Deflation.Compress(payload) : payload;
        lock (_queueing)
        {
            ServerFrame.Write(_queue, opcode, bytes, isCompressed);
        }
    }

    /// <summary>Adds bytes as they are, whether or not they are frames.</summary>
    public void QueueBytes(ReadOnlySpan<byte> bytes)
    {
        lock (_queueing)
        {
            _queue.Write(bytes);
        }
    }

    /// <summary>Sends what was added.</summary>
    public void Flush()
    {
        lock (_queueing)
        {
            if (_queue.WrittenCount == 0 && !_endsAfterQueue)
            {
                return;
            }

        }

        if (_queue.WrittenCount > MaxQueuedBytes)
        {
            Abort();
        }

        _more.Writer.TryWrite(true);
    }

    /// <summary>Sends what was added, and then ends the connection.</summary>
    public void End()
    {
        lock (_queueing)
        {
            _endsAfterQueue = true;
        }

        Flush();
    }

    /// <summary>Ends the connection at once, without a word.</summary>
    public void Abort()
    {
        lock (_queueing)
        {
            if (!_isDisposed)
            {
                _ending.CancelAsync();
            }
        }
    }

    /// <summary>Reads and sends until either side ends the connection.</summary>
    /// <param name="receive">Is given each frame of the client.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    public async Task RunAsync(Action<ClientFrame> receive, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
        var first = await Task.WhenAny(ReadAsync(receive, linked.Token), SendAsync(linked.Token));
        await linked.CancelAsync();
        await first;
    }

    public void Dispose()
    {
        lock (_queueing)
        {
            _isDisposed = true;
            _ending.Dispose();
        }
    }

    private async Task ReadAsync(Action<ClientFrame> receive, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var frame = await _reader.ReadAsync(cancellationToken);
                receive(frame.IsCompressed ? frame with { Payload = Deflation.Decompress(frame.Payload) } : frame);
            }
        }
        catch (Exception end) when (end is IOException or FrameException or InvalidDataException or OperationCanceledException)
        {
            // The client is gone, or no client of ours: either way this is over.
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _more.Reader.ReadAsync(cancellationToken))
            {
                bool ends;
                lock (_queueing)
                {
                    (_queue, _sent) = (_sent, _queue);
                    ends = _endsAfterQueue;
                }

                await stream.WriteAsync(_sent.WrittenMemory, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                _sent.ResetWrittenCount();
                if (ends)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
        }
    }
}
