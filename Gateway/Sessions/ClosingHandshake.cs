using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// How a connection ends (RFC 6455, 7): the close frame, the client's answer, half a close, and the client's own end. A reset may overtake
/// the close frame, and closing a socket that has something unread is a reset: only a client that takes nothing, or does not go, gets one.
/// </summary>
/// <param name="upgrade">The connection, which need not have been accepted yet.</param>
/// <param name="protocol">How the reason is written.</param>
/// <param name="aborter">What aborts the connection.</param>
/// <param name="timeout">How long each of the steps may take.</param>
/// <param name="time">The clock.</param>
internal sealed class ClosingHandshake(
    SessionUpgrade upgrade, IWireProtocol protocol, RequestAborter aborter, TimeSpan timeout, TimeProvider time) : ISessionEvents
{
    /// <summary>How long a client that did not answer the close frame has for the end of the connection.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _readToEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasClosed;

    /// <summary>Says goodbye.</summary>
    public void OnEnded(CloseReason reason) => _ = RunAsync(reason);

    public void OnConnectionFailed() => ThreadPool.UnsafeQueueUserWorkItem(static aborter => aborter.Abort(), aborter, preferLocal: false);

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

    /// <summary>Waits for the client's end of the connection. Called after <see cref="FinishAsync"/>.</summary>
    public async Task LingerAsync()
    {
        if (await _closed.Task && !await upgrade.Stream.DrainAsync(_hasClosed ? Grace : timeout, time) && !_hasClosed)
        {
            aborter.Abort();
        }
    }

    private async Task RunAsync(CloseReason reason)
    {
        var isHalfClosed = false;
        try
        {
            isHalfClosed = reason == CloseReason.Vanished ? upgrade.Stream.HasReadToEnd : await CloseAsync(reason);
        }
        catch (TimeoutException)
        {
            // It takes nothing, or does not go.
        }

        if (!isHalfClosed)
        {
            aborter.Abort();
        }

        _closed.SetResult(isHalfClosed);
    }

    /// <returns>Whether it went that far.</returns>
    /// <exception cref="TimeoutException">The client does not go along.</exception>
    private async Task<bool> CloseAsync(CloseReason reason)
    {
        if (!await upgrade.Stream.Outbox.CloseAsync(protocol.WriteClose(reason)).WaitAsync(timeout, time))
        {
            return false;
        }

        try
        {
            await _readToEnd.Task.WaitAsync(timeout, time);
            await upgrade.EndOutputAsync();
        }
        catch (TimeoutException)
        {
            await upgrade.EndOutputAsync();
            await _readToEnd.Task.WaitAsync(Grace, time);
        }

        return true;
    }
}
