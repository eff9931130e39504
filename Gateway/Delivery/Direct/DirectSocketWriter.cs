using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>
/// Writes directly to the connection's socket: one system call for each message, without a copy or another thread. Only for connections on
/// which the web server has nothing left to write (see <c>SessionUpgradeFeature</c>).
/// </summary>
/// <param name="socket">A connected TCP socket. Others may still read from it.</param>
internal sealed class DirectSocketWriter(Socket socket) : ISocketWriter
{
    public bool IsReady => true;

    public SafeSocketHandle? Handle { get; } = KernelSend.IsSupported ? socket.SafeHandle : null;

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            socket.Blocking = false; // A flag of the runtime only; the kernel's socket never blocks.
            var count = socket.Send(bytes.Span, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => count,
                SocketError.WouldBlock => 0,
                _ => throw new IOException($"The connection does not take what is sent: {error}."),
            };
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The connection is closed.", e);
        }
    }
}
