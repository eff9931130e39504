using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery.Direct;

/// <summary>
/// Writes to the connection's own socket: one system call a message, no copy, no other thread. Only for a connection whose web
/// server has nothing left to write (see <c>SessionUpgrade</c>).
/// </summary>
/// <param name="socket">A connected TCP socket. Others may go on reading from it.</param>
internal sealed class DirectSocketWriter(Socket socket) : ISocketWriter
{
    public bool IsReady => true;

    public SafeSocketHandle? Handle { get; } = KernelSend.IsSupported ? socket.SafeHandle : null;

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            socket.Blocking = false; // A flag of the runtime's: the kernel's socket never blocks.
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
