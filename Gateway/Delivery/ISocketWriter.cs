using System.Net.Sockets;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>The way to one socket that never waits. Called by the session's worker alone.</summary>
internal interface ISocketWriter
{
    /// <summary>Whether it may take bytes at the moment.</summary>
    bool IsReady { get; }

    /// <summary>The socket, where <see cref="KernelSend"/> is all there is to writing; null where there is more to it.</summary>
    SafeSocketHandle? Handle { get; }

    /// <summary>Takes as many of the bytes, from the first on, as can go now.</summary>
    /// <param name="bytes">Bytes that do not change until they are written.</param>
    /// <returns>How many were taken: 0 where the socket takes nothing at the moment.</returns>
    /// <exception cref="IOException">The socket is gone.</exception>
    int TryWrite(ReadOnlyMemory<byte> bytes);
}
