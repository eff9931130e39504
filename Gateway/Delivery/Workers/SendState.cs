using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// All that a round needs to know of a slot to send its session the next frame. The states of a worker's slots stand side by side in memory. Each
/// system call evicts what the processor has in its caches, so a round reads these and leaves the session objects alone.
/// </summary>
internal struct SendState
{
    /// <summary>Whose it is.</summary>
    public required SessionSlot Slot;

    /// <summary>What the client has been sent.</summary>
    public Cursor Cursor;

    /// <summary>Where its frames come from, where <see cref="Socket"/> is not null.</summary>
    public ISharedFrames? Frames;

    /// <summary>Where the next frame goes; null where the session has to be asked.</summary>
    public SafeSocketHandle? Socket;

    /// <summary>
    /// Until when, as a timestamp of the clock, a change of the market is no reason to ask the session, because its interval has not passed; 0 if
    /// it always is. Requests and the queue of due times flush it all the same.
    /// </summary>
    public long QuietUntil;
}
