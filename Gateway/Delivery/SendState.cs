using System.Net.Sockets;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// All that a round needs to know of a slot to send its session the next frame. The states of a worker's slots stand side by side in memory: by the
/// time its turn comes again a session's own fields have left the processor's caches, and the system call before it has seen to
/// that. Most rounds never touch them.
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

    /// <summary>Until when, as a timestamp of the clock, there is no use in asking the session, whatever the market does; 0 where there is.</summary>
    public long QuietUntil;
}
