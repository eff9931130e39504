using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;

namespace OrleansTicker.Gateway.Connections;

/// <summary>
/// Sends all segments of a sequence with as few system calls as possible. It is rented for one sequence, so that an idle connection owns
/// none.
/// </summary>
internal sealed class SocketSender() :
    SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true), // The loops have none.
    IValueTaskSource<SocketError>,
    IResettable
{
    private readonly List<ArraySegment<byte>> _segments = [];
    private ManualResetValueTaskSourceCore<SocketError> _sent;

    /// <summary>Sends a sequence that is not empty.</summary>
    /// <returns>How it went, when the socket has taken everything or fails.</returns>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public ValueTask<SocketError> SendAsync(Socket socket, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            SetBuffer(MemoryMarshal.AsMemory(bytes.First));
        }
        else
        {
            foreach (var segment in bytes)
            {
                _ = MemoryMarshal.TryGetArray(segment, out var array); // The web server's pool has arrays only.
                _segments.Add(array);
            }

            BufferList = _segments;
        }

        _sent.Reset();
        return socket.SendAsync(this) ? new ValueTask<SocketError>(this, _sent.Version) : new ValueTask<SocketError>(SocketError);
    }

    /// <summary>Lets go of the bytes. Call it when the socket has taken them, and before they are reused.</summary>
    public bool TryReset()
    {
        if (BufferList is not null)
        {
            BufferList = null;
            _segments.Clear();
        }
        else
        {
            SetBuffer(default);
        }

        return true;
    }

    SocketError IValueTaskSource<SocketError>.GetResult(short token) => _sent.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<SocketError>.GetStatus(short token) => _sent.GetStatus(token);

    void IValueTaskSource<SocketError>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _sent.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _sent.SetResult(SocketError);
}
