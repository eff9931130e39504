using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Closes a connection (RFC 6455, 7): sends the close frame, waits for the client's, ends the gateway's side, and waits for the client to
/// end its own. A reset may overtake the close frame, and closing a socket with unread bytes causes a reset, so only a client that takes
/// nothing, or does not leave, gets one.
/// </summary>
/// <param name="socket">The WebSocket.</param>
/// <param name="protocol">Writes the close frame.</param>
/// <param name="timeout">How long each step may take.</param>
/// <param name="time">The clock.</param>
internal sealed class ClosingHandshake(ISessionSocket socket, IWireProtocol protocol, TimeSpan timeout, TimeProvider time) : ISessionEvents
{
    /// <summary>
    /// How long a client has to end the connection after its own close frame, or after it did not answer the gateway's in time.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _readToEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasClosed;

    /// <summary>Starts the closing handshake.</summary>
    public void OnEnded(CloseReason reason) => _ = RunAsync(reason);

    public void OnConnectionFailed() => ThreadPool.UnsafeQueueUserWorkItem(static socket => socket.Abort(), socket, preferLocal: false);

    /// <summary>
    /// Call it once nobody reads from the client any more. The task completes when nothing more will be written; unless the session has been ended,
    /// it never does.
    /// </summary>
    /// <param name="hasClosed">Whether the client has sent a close frame, after which it sends nothing.</param>
    public Task FinishAsync(bool hasClosed)
    {
        _hasClosed = hasClosed;
        _readToEnd.SetResult();
        return _closed.Task;
    }

    /// <summary>Waits for the client to end the connection. Call it after <see cref="FinishAsync"/>.</summary>
    public async Task LingerAsync()
    {
        if (await _closed.Task && !await socket.DrainAsync(_hasClosed ? Grace : timeout) && !_hasClosed)
        {
            socket.Abort();
        }
    }

    private async Task RunAsync(CloseReason reason)
    {
        var isHalfClosed = false;
        try
        {
            isHalfClosed = reason == CloseReason.Vanished ? socket.HasReadToEnd : await CloseAsync(reason);
        }
        catch (TimeoutException)
        {
            // The client takes nothing, or does not leave.
        }
        finally
        {
            if (!isHalfClosed)
            {
                socket.Abort();
            }

            _closed.SetResult(isHalfClosed);
        }
    }

    /// <returns>Whether the gateway's side was ended after its close frame.</returns>
    /// <exception cref="TimeoutException">The client did not answer in time.</exception>
    private async Task<bool> CloseAsync(CloseReason reason)
    {
        if (!await socket.Outbox.CloseAsync(protocol.WriteClose(reason)).WaitAsync(timeout, time))
        {
            return false;
        }

        try
        {
            await _readToEnd.Task.WaitAsync(timeout, time);
            await socket.EndOutputAsync();
        }
        catch (TimeoutException)
        {
            await socket.EndOutputAsync();
            await _readToEnd.Task.WaitAsync(Grace, time);
        }

        return true;
    }
}
