using System.Net.Sockets;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>A frame on its way to one socket.</summary>
internal struct FrameSend
{
    /// <summary>The index of the slot that it is for.</summary>
    public required int SlotIndex;

    /// <summary>Where it goes.</summary>
    public required SafeSocketHandle Socket;

    /// <summary>What goes there.</summary>
    public required ReadOnlyMemory<byte> Frame;

    /// <summary>The client's cursor when it has the frame.</summary>
    public required Cursor To;

    /// <summary>How many bytes the socket took, from the first on; none, or a negative number, where it is full or gone.</summary>
    public int Taken;
}
