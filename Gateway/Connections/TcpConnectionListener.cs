using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.ObjectPool;

namespace OrleansTicker.Gateway.Connections;

/// <summary>Accepts the TCP connections of one address.</summary>
internal sealed partial class TcpConnectionListener : IConnectionListener
{
    /// <summary>How long it waits before it tries again when the process or the machine has too much open to accept a connection.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A shortage that returns within this time is the same one: at the limit, each client that goes makes room for another.</summary>
    private static readonly TimeSpan Relapse = TimeSpan.FromMinutes(1);

    private readonly Socket _listener;
    private readonly SocketTransportOptions _options;
    private readonly MemoryPool<byte> _memory;
    private readonly ObjectPool<SocketSender> _senders;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PipeOptions _inputOptions;
    private readonly PipeOptions _outputOptions;
    private readonly CancellationTokenSource _unbound = new();
    private bool _isShort;
    private long? _shortAt;

    /// <param name="listener">The socket, bound and listening.</param>
    /// <param name="options">The limits of buffers.</param>
    /// <param name="memory">The pool of buffers, which the listener disposes of.</param>
    /// <param name="senders">The pool of senders.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger.</param>
    public TcpConnectionListener(
        Socket listener,
        SocketTransportOptions options,
        MemoryPool<byte> memory,
        ObjectPool<SocketSender> senders,
        TimeProvider time,
        ILogger<TcpConnectionListener> logger)
    {
        _listener = listener;
        _options = options;
        _memory = memory;
        _senders = senders;
        _time = time;
        _logger = logger;
        EndPoint = listener.LocalEndPoint!;

        // The application runs on threads of the pool, never within a loop. A flush sends at once, on the thread that flushes: the socket
        // mostly takes everything.
        _inputOptions = OptionsOf(memory, PipeScheduler.ThreadPool, options.MaxReadBufferSize);
        _outputOptions = OptionsOf(memory, PipeScheduler.Inline, options.MaxWriteBufferSize);
    }

    public EndPoint EndPoint { get; }

    /// <summary>The next connection; null when the address has been unbound.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                while (_isShort && DescriptorLimit.IsReached())
                {
                    _shortAt = _time.GetTimestamp();
                    if (!await PauseAsync(cancellationToken))
                    {
                        return null;
                    }
                }

                var socket = await _listener.AcceptAsync(cancellationToken);
                _isShort = DescriptorLimit.IsReachedBy(socket);
                if (_isShort)
                {
                    NoteShortage($"only {DescriptorLimit.Reserve} file descriptors are left");
                }

                if (Open(socket) is { } connection)
                {
                    return connection;
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null; // Unbound.
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The client gave up before it was accepted.
            }
            catch (SocketException e)
            {
                NoteShortage($"{e.SocketErrorCode}");
                if (!await PauseAsync(cancellationToken))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Accepts no more. The connections stay.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        _listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        _unbound.Dispose();
        _memory.Dispose();
    }

    private static PipeOptions OptionsOf(MemoryPool<byte> memory, PipeScheduler readerScheduler, long? limit)
    {
        var pauseAt = limit ?? 0; // No limit.
        var resumeAt = Math.Max(pauseAt / 2, 1);
        return new PipeOptions(memory, readerScheduler, PipeScheduler.ThreadPool, pauseAt, resumeAt, useSynchronizationContext: false);
    }

    private TcpConnection? Open(Socket socket)
    {
        try
        {
            socket.NoDelay = _options.NoDelay;
            var pipes = new SocketPipes(socket, _inputOptions, _outputOptions, _senders);
            var connection = new TcpConnection(socket, pipes, _memory);
            pipes.Start();
            return connection;
        }
        catch (SocketException)
        {
            socket.Dispose(); // The client has gone meanwhile.
            return null;
        }
    }

    private void NoteShortage(string cause)
    {
        if (_shortAt is not { } before || _time.GetElapsedTime(before) > Relapse)
        {
            LogShort(_logger, EndPoint, cause);
        }

        _shortAt = _time.GetTimestamp();
    }

    /// <returns>False if the address was unbound meanwhile.</returns>
    private async Task<bool> PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_unbound.Token, cancellationToken);
            await Task.Delay(Pause, _time, stop.Token);
            return true;
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && _unbound.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(3500, LogLevel.Warning, "New connections to {Address} wait until others end: {Cause}. Allow the process more, for example by ulimit -n")]
    private static partial void LogShort(ILogger logger, EndPoint address, string cause);
}
