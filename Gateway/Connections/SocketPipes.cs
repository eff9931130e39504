using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.ObjectPool;

namespace OrleansTicker.Gateway.Connections;

/// <summary>
/// Moves bytes between a socket and the two pipes at whose other ends the web server works, until one of the sides ends the connection or
/// the socket is detached. A receive and a send loop run side by side; the other methods may be called by any thread.
/// </summary>
internal sealed class SocketPipes(
    Socket socket, PipeOptions inputOptions, PipeOptions outputOptions, ObjectPool<SocketSender> senders) : IDuplexPipe, IAsyncDisposable
{
    /// <summary>The room that is asked for to receive into: half a block of the web server's pool.</summary>
    private const int LeastRoom = 2048;

    private readonly Pipe _input = new(inputOptions);
    private readonly Pipe _output = new(outputOptions);
    private readonly SocketReceiver _receiver = new(socket);
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _ownership = new();
    private Task<bool> _receiveLoop = Task.FromResult(false);
    private Task _sendLoop = Task.CompletedTask;
    private Task? _closing;

    /// <summary>Why the socket was closed here; null while it is open or after it was detached.</summary>
    private volatile Exception? _endReason;

    private SocketOwner _owner;

    /// <summary>What the client has sent.</summary>
    public PipeReader Input => _input.Reader;

    /// <summary>What the client gets. With a limit of one byte a flush completes when the socket has taken everything.</summary>
    public PipeWriter Output => _output.Writer;

    /// <summary>Fires when the connection has ended for the web server, whoever ended it.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Starts both loops. Call it once.</summary>
    public void Start()
    {
        _receiveLoop = ReceiveAsync();
        _sendLoop = SendAsync();
    }

    /// <summary>Resets the connection. A detached socket is left alone, but the web server learns that its part is over.</summary>
    public void Abort(ConnectionAbortedException reason)
    {
        End(reason);
        _output.Reader.CancelPendingRead(); // After the reason is set: the send loop tells by it that this is the end.
        if (_owner is SocketOwner.Session)
        {
            _ = CloseAsync();
        }
    }

    /// <inheritdoc cref="IDetachableConnectionFeature.DetachAsync"/>
    public async ValueTask<SocketReceiver?> DetachAsync()
    {
        lock (_ownership)
        {
            if (_owner is not SocketOwner.WebServer)
            {
                throw new InvalidOperationException("The connection has been detached before.");
            }

            if (_endReason is not null)
            {
                return null;
            }

            _owner = SocketOwner.Changing;
        }

        // What has been received is in the pipe already. It may be as full as it can get, and the loop wait for the web server to read.
        _receiver.Interrupt();
        _input.Writer.CancelPendingFlush();
        if (await _receiveLoop)
        {
            _output.Reader.CancelPendingRead();
            await _sendLoop;
        }

        lock (_ownership)
        {
            if (_endReason is null && _closing is null)
            {
                _owner = SocketOwner.Session;
                return _receiver;
            }

            _owner = SocketOwner.WebServer;
        }

        await CloseAsync();
        return null;
    }

    /// <summary>Waits until everything has been sent and the connection has ended. The web server calls it last.</summary>
    public async ValueTask DisposeAsync()
    {
        await _input.Reader.CompleteAsync();
        await _output.Writer.CompleteAsync();
        await _sendLoop;
        End(null); // Unless it has ended, or is detached: if a request ends while it detaches the socket, nobody takes it.
        await _receiveLoop;
        await CloseAsync();
        if (_owner is not SocketOwner.Session)
        {
            _receiver.Dispose();
        }

        _closed.Dispose();
    }

    /// <returns>Whether the loop stopped because the socket is being detached.</returns>
    private async Task<bool> ReceiveAsync()
    {
        var writer = _input.Writer;
        Exception? error = null;
        try
        {
            while (true)
            {
                if (!await _receiver.WaitAsync())
                {
                    await writer.CompleteAsync();
                    return true;
                }

                if (!_receiver.TryReceive(writer.GetSpan(LeastRoom), out var count))
                {
                    continue;
                }

                if (count == 0)
                {
                    break; // FIN
                }

                writer.Advance(count);
                var flush = await writer.FlushAsync(CancellationToken.None);
                if (flush.IsCompleted || (flush.IsCanceled && _endReason is not null))
                {
                    break; // The web server reads no more, or the connection ended while the pipe was full.
                }
            }
        }
        catch (Exception e)
        {
            error = SocketErrors.Translate(e);
        }

        await writer.CompleteAsync(_endReason ?? error); // Not with what happened because the socket was closed here.
        await CloseAsync();
        return false;
    }

    private async Task SendAsync()
    {
        var reader = _output.Reader;
        Exception? error = null;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(CancellationToken.None);
                if (_endReason is not null)
                {
                    break;
                }

                if (!read.Buffer.IsEmpty)
                {
                    await SendAsync(read.Buffer);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    break; // The web server has nothing more to send, or the socket is being detached.
                }
            }
        }
        catch (Exception e)
        {
            error = SocketErrors.Translate(e);
        }

        if (error is not null || _owner is SocketOwner.WebServer)
        {
            End(error);
        }

        await reader.CompleteAsync();
        _input.Writer.CancelPendingFlush(); // The receive loop may wait for room.
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes)
    {
        var sender = senders.Get();
        try
        {
            if (await sender.SendAsync(socket, bytes) is var error and not SocketError.Success)
            {
                throw new SocketException((int)error);
            }
        }
        catch
        {
            sender.Dispose();
            throw;
        }

        senders.Return(sender);
    }

    /// <summary>Closes the socket: in order after everything has been sent, with a reset if there is an error.</summary>
    private void End(Exception? error)
    {
        lock (_ownership)
        {
            if (_endReason is not null || _owner is SocketOwner.Session)
            {
                return;
            }

            _endReason = error ?? new ConnectionAbortedException("The connection has ended: everything was sent.");
            if (error is not null)
            {
                socket.Close(timeout: 0);
                return;
            }

            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The client has ended it already.
            }

            socket.Dispose();
        }
    }

    /// <summary>Tells, once, that the connection has ended; completes when everyone has been told.</summary>
    private Task CloseAsync()
    {
        lock (_ownership)
        {
            return _closing ??= _closed.CancelAsync();
        }
    }
}
