using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// What a round needs to know about a slot to send the next frame. The states of a worker's slots are contiguous in memory: each system
/// call evicts data from the processor's caches, so a round reads these states and avoids the session objects.
/// </summary>
internal struct SendState
{
    /// <summary>The slot.</summary>
    public required SessionSlot Slot;

    /// <summary>The client's cursor.</summary>
    public Cursor Cursor;

    /// <summary>Where its frames come from; used only if <see cref="Socket"/> is not null.</summary>
    public ISharedFrames? Frames;

    /// <summary>The socket to send the next frame to; null if the session has to be asked.</summary>
    public SafeSocketHandle? Socket;

    /// <summary>
    /// The timestamp until which a change of the market is no reason to ask the session, because its interval has not passed; 0 if every
    /// change is. Flush requests and the <see cref="DueQueue"/> ignore it.
    /// </summary>
    public long QuietUntil;
}
