using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Writes to one socket without waiting. Only the session's worker may call it.</summary>
internal interface ISocketWriter
{
    /// <summary>Whether the socket may take bytes now.</summary>
    bool IsReady { get; }

    /// <summary>The socket, if <see cref="KernelSend"/> may write to it directly; otherwise null.</summary>
    SafeSocketHandle? Handle { get; }

    /// <summary>Takes as many of the bytes as can be sent now, from the first on.</summary>
    /// <param name="bytes">The bytes. They must not change until they are written.</param>
    /// <returns>How many were taken; 0 if the socket takes nothing now.</returns>
    /// <exception cref="IOException">The socket is gone.</exception>
    int TryWrite(ReadOnlyMemory<byte> bytes);
}
