using System.Collections.Immutable;
using System.Net.Sockets;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// A session's place in its worker's row, with all that a round needs to send it the next frame. They stand side by side in
/// memory: by the time its turn comes again a session's own fields have left the processor's caches, and the system call
/// before it has seen to that. Most rounds never touch them.
/// </summary>
internal struct SessionSlot
{
    /// <summary>Whose slot it is.</summary>
    public required Session Session;

    /// <summary>What the client has been sent.</summary>
    public Cursor Cursor;

    /// <summary>What the session sees.</summary>
    public View View;

    /// <summary>The market's symbols that the view was made from.</summary>
    public ImmutableArray<string> KnownSymbols;

    /// <summary>Where the next frame goes; null where the session has to be asked.</summary>
    public SafeSocketHandle? Socket;
}
