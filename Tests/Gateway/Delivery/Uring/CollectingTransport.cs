using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>A transport that collects garbage while it is given frames, and sees what moves.</summary>
internal sealed class CollectingTransport : ISendTransport
{
    /// <summary>An array that nothing keeps in its place.</summary>
    public byte[] Control { get; set; } = [];

    public int ControlMoved { get; private set; }

    public int FramesMoved { get; private set; }

    public TransportKind Kind => TransportKind.Send;

    public int BatchSize => 1;

    public void Send(Span<FrameSend> batch)
    {
        foreach (ref var send in batch)
        {
            var (frame, control) = (AddressOf(send.Frame.Span), AddressOf(Control));
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            FramesMoved += AddressOf(send.Frame.Span) == frame ? 0 : 1;
            ControlMoved += AddressOf(Control) == control ? 0 : 1;
            send.Taken = send.Frame.Length;
        }
    }

    public void Dispose()
    {
        // It owns nothing.
    }

    private static unsafe nint AddressOf(ReadOnlySpan<byte> bytes) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
}
