using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels;

/// <summary>Frames that sessions share: each is a function of two cursors, and built once. Any thread may call it.</summary>
internal interface ISharedFrames
{
    /// <summary>The frame that takes a client from its cursor to the newest state.</summary>
    /// <param name="newest">The newest state that the caller knows; the frame may lead to a newer one.</param>
    /// <param name="from">The client's cursor.</param>
    /// <param name="to">The cursor after the frame.</param>
    /// <returns>The frame; empty if nothing has changed after the cursor.</returns>
    ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to);
}
