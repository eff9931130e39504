using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Benchmarks;

/// <summary>A socket that takes everything.</summary>
/// <param name="handle">The socket to send to directly; null if every session has to be asked.</param>
internal sealed class Sink(SafeSocketHandle? handle) : ISocketWriter
{
    public bool IsReady => true;

    public SafeSocketHandle? Handle => handle;

    public int TryWrite(ReadOnlyMemory<byte> bytes) => bytes.Length;
}
