using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace OrleansTicker.Gateway.Connections;

/// <summary>
/// Receives from a socket, for one caller at a time. It waits without a buffer, since idle connections are many. A wait can be interrupted,
/// and then goes on for the next caller: so a socket changes hands without a cancelled system call or an exception.
/// </summary>
internal sealed class SocketReceiver : SocketAsyncEventArgs, IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _waited;
    private int _state = (int)State.Idle;
    private SocketError _error; // With which a wait has ended; the kernel tells it once.

    /// <param name="socket">The socket. It is not disposed with this.</param>
    public SocketReceiver(Socket socket) : base(unsafeSuppressExecutionContextFlow: true)
    {
        Socket = socket;
        socket.Blocking = false; // As it is for the kernel anyway once it is used asynchronously.
    }

    private enum State
    {
        /// <summary>Nobody waits.</summary>
        Idle,

        /// <summary>A caller waits.</summary>
        Awaited,

        /// <summary>The socket is waited for, but the caller was interrupted.</summary>
        Abandoned,

        /// <summary>There is something to receive, which no caller has been told.</summary>
        Readable,

        /// <summary>The next wait is to return at once.</summary>
        Interrupted,
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>Waits until there is something to receive: bytes, the end of the client's side, or an error.</summary>
    /// <returns>False if it was interrupted.</returns>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public ValueTask<bool> WaitAsync()
    {
        _waited.Reset();
        while (true)
        {
            switch ((State)Volatile.Read(ref _state))
            {
                case State.Interrupted:
                    Volatile.Write(ref _state, (int)State.Idle);
                    return new ValueTask<bool>(false);
                case State.Readable:
                    Volatile.Write(ref _state, (int)State.Idle);
                    return new ValueTask<bool>(true);
                case State.Abandoned when TryChange(State.Abandoned, State.Awaited):
                    return new ValueTask<bool>(this, _waited.Version);
                case State.Idle when TryChange(State.Idle, State.Awaited):
                    if (!Socket.ReceiveAsync(this))
                    {
                        OnCompleted(this);
                    }

                    return new ValueTask<bool>(this, _waited.Version);
                case State.Awaited:
                    throw new InvalidOperationException("The wait of another caller is not over.");
            }
        }
    }

    /// <summary>
    /// Makes the current wait return; if there is none, the next one. The caller of that wait has to be told before another one begins to wait,
    /// and before the next interruption.
    /// </summary>
    public void Interrupt()
    {
        while (!TryChange(State.Idle, State.Interrupted))
        {
            if (TryChange(State.Awaited, State.Abandoned))
            {
                _waited.SetResult(false);
                return;
            }
        }
    }

    /// <summary>Receives what there is.</summary>
    /// <param name="buffer">Where to, not empty.</param>
    /// <param name="count">How many bytes; 0 if the client has ended its side.</param>
    /// <returns>False if there is nothing to receive.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public bool TryReceive(Span<byte> buffer, out int count)
    {
        count = Socket.Receive(buffer, SocketFlags.None, out var error);
        if (error is SocketError.Success && count == 0)
        {
            error = _error; // After a reset, what is received next looks like an orderly end.
        }

        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw new SocketException((int)error),
        };
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _waited.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _waited.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waited.OnCompleted(continuation, state, token, flags);

    /// <summary>The socket has something to receive.</summary>
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        _error = SocketError;
        while (!TryChange(State.Abandoned, State.Readable))
        {
            if (TryChange(State.Awaited, State.Idle))
            {
                _waited.SetResult(true);
                return;
            }
        }
    }

    private bool TryChange(State from, State to) => Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;
}
