using System.Net.Sockets;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Writes to the connection's own socket: one system call a message, no copy, no other thread. Only for a connection whose web
/// server has nothing left to write (see <see cref="DrainProof"/>).
/// </summary>
internal sealed class DirectSocketWriter : ISocketWriter
{
    /// <param name="socket">A connected TCP socket. Others may go on reading from it.</param>
    /// <exception cref="IOException">The socket is gone.</exception>
    public DirectSocketWriter(Socket socket)
    {
        Socket = socket;
        try
        {
            socket.Blocking = false;
            socket.NoDelay = true;
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            throw new IOException("The connection is closed.", e);
        }
    }

    public bool IsReady => true;

    public Socket Socket { get; }

    public int TryWrite(ReadOnlyMemory<byte> bytes)
    {
        var count = Send(Socket, bytes.Span, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => 0,
            _ => throw new IOException($"The connection does not take what is sent: {error}."),
        };
    }

    /// <summary>One system call.</summary>
    /// <returns>How many bytes the socket took.</returns>
    public static int Send(Socket socket, ReadOnlySpan<byte> bytes, out SocketError error)
    {
        try
        {
            return socket.Send(bytes, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.NotConnected;
            return 0;
        }
    }
}
