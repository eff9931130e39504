using System.Net.Sockets;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>A frame on its way to one socket.</summary>
internal struct FrameSend
{
    /// <summary>The index of the session's slot.</summary>
    public required int SlotIndex;

    /// <summary>The socket to send it to.</summary>
    public required SafeSocketHandle Socket;

    /// <summary>The bytes to send.</summary>
    public required ReadOnlyMemory<byte> Frame;

    /// <summary>The client's cursor after the frame.</summary>
    public required Cursor To;

    /// <summary>How many bytes of the frame the socket took; zero or negative if it is full or gone.</summary>
    public int Taken;
}
