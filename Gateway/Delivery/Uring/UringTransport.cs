using System.Buffers;
using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery.Direct;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>
/// Sends a batch of frames with one system call. Each send has MSG_DONTWAIT, so the kernel completes it while it is submitted: what a socket
/// does not take comes back as EAGAIN or as a smaller count, and nothing is left outstanding. If the kernel takes only a part of a batch, the rest
/// is sent by the fallback; if it does not let the ring be used at all, the fallback sends everything from then on.
/// </summary>
/// <param name="ring">The ring, not enabled yet. The transport disposes it.</param>
/// <param name="fallback">Sends what the ring does not.</param>
/// <param name="onUnusable">Is told the error if the ring turns out to be unusable.</param>
/// <param name="time">The clock.</param>
internal sealed class UringTransport(UringRing ring, ISendTransport fallback, Action<int> onUnusable, TimeProvider time) : ISendTransport
{
    /// <summary>The mark of a frame whose completion has not been read.</summary>
    private const int Pending = int.MinValue;

    private readonly Pacing _pacing = new(time);
    private readonly int[] _prepared = new int[ring.Capacity];
    private readonly MemoryHandle[] _pins = new MemoryHandle[ring.Capacity];
    private int _preparedCount;
    private int _pinCount;
    private bool _isEnabled;
    private volatile bool _isUnusable;

    public TransportKind Kind => _isUnusable ? fallback.Kind : TransportKind.Uring;

    public int BatchSize => ring.Capacity;

    public void Send(Span<FrameSend> batch)
    {
        if (!_isUnusable && !_isEnabled)
        {
            Enable();
        }

        if (_isUnusable)
        {
            fallback.Send(batch);
            return;
        }

        _pacing.BeginBatch();
        try
        {
            Prepare(batch);
            var error = ring.Submit(out var left);
            Complete(batch, _preparedCount - left);
            SendRest(batch, left);
            if (error != 0 && !IsTransient(error))
            {
                GiveUp(error);
            }
        }
        finally
        {
            ring.Forget(); // If something has failed, what was prepared must not go along with the next batch.
            Release(batch);
        }

        if (_pacing.EndBatch() is var pause && pause > TimeSpan.Zero)
        {
            KernelPause.For(pause);
        }
    }

    public void Dispose()
    {
        ring.Dispose();
        fallback.Dispose();
    }

    /// <summary>Enables the ring for the thread that sends. A ring that belongs to no thread yet can't be used by any.</summary>
    private void Enable()
    {
        var error = ring.Enable();
        _isEnabled = error == 0;
        if (error != 0)
        {
            GiveUp(error);
        }
    }

    private void GiveUp(int error)
    {
        _isUnusable = true;
        onUnusable(-error);
    }

    /// <summary>Prepares an entry for each frame whose socket is open, keeps the socket open and the frame where it is.</summary>
    private void Prepare(Span<FrameSend> batch)
    {
        ReadOnlyMemory<byte> pinned = default;
        ulong address = 0;
        for (var index = 0; index < batch.Length; index++)
        {
            ref var send = ref batch[index];
            if (!TryHold(send.Socket))
            {
                send.Taken = -1;
                continue;
            }

            send.Taken = Pending;
            _prepared[_preparedCount++] = index;
            if (!send.Frame.Equals(pinned)) // Most sessions get the same frame as the one before.
            {
                pinned = send.Frame;
                address = UringCalls.AddressOf(_pins[_pinCount++] = pinned.Pin());
            }

            var entry = new SubmissionEntry
            {
                Operation = UringFlags.Send,
                Descriptor = (int)send.Socket.DangerousGetHandle(),
                Address = address,
                Length = send.Frame.Length,
                OperationFlags = KernelSend.Flags,
                UserData = (ulong)index,
            };
            if (!ring.TryPrepare(in entry))
            {
                throw new InvalidOperationException("A batch is larger than the ring.");
            }
        }
    }

    private void Complete(Span<FrameSend> batch, int count)
    {
        while (count > 0)
        {
            if (ring.TryTake(out var completion))
            {
                batch[(int)completion.UserData].Taken = completion.Result;
                count--;
            }
            else if (ring.Wait() is < 0 and var error && !IsTransient(error))
            {
                // The kernel may still send these frames, so nothing may follow on their sockets.
                Environment.FailFast($"io_uring does not complete what was submitted: error {-error}.");
            }
        }
    }

    /// <summary>Sends those frames that the kernel has not taken from the ring, which are the last that were prepared.</summary>
    private void SendRest(Span<FrameSend> batch, int count)
    {
        foreach (var index in _prepared.AsSpan(_preparedCount - count, count))
        {
            fallback.Send(batch.Slice(index, 1));
        }
    }

    private void Release(Span<FrameSend> batch)
    {
        foreach (var index in _prepared.AsSpan(0, _preparedCount))
        {
            batch[index].Socket.DangerousRelease();
        }

        foreach (ref var pin in _pins.AsSpan(0, _pinCount))
        {
            pin.Dispose();
            pin = default;
        }

        (_preparedCount, _pinCount) = (0, 0);
    }

    /// <summary>Keeps a descriptor from being closed, and so from being another socket's, until it is released.</summary>
    private static bool TryHold(SafeSocketHandle socket)
    {
        try
        {
            var isHeld = false;
            socket.DangerousAddRef(ref isHeld);
            return isHeld;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private static bool IsTransient(int error) => -error is Errno.Again or Errno.Busy or Errno.NoMemory or Errno.Interrupted;
}
