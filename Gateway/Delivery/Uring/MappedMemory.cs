using Microsoft.Win32.SafeHandles;

namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>Memory that is shared with the kernel. Disposing it unmaps it.</summary>
internal sealed class MappedMemory : SafeHandleMinusOneIsInvalid
{
    private readonly int _length;

    /// <summary>Takes over what <see cref="UringCalls.Map"/> has mapped.</summary>
    public MappedMemory(nint address, int length)
        : base(ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    /// <summary>The memory. Use it only while the handle is not disposed.</summary>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return UringCalls.SpanOf(handle, _length);
        }
    }

    protected override bool ReleaseHandle() => UringCalls.Unmap(handle, _length);
}
