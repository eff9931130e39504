using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels;

/// <summary>
/// Something that a session is sent, as state: the next frame is a function of the client's cursor only. Each session has a channel of its
/// own, which only its worker may call.
/// </summary>
internal interface IChannel
{
    /// <summary>
    /// The frames that may be sent without asking the channel; null if each has to be requested by <see cref="Next"/>. Another thread may make
    /// it null at any time, so read it once. Only the worker makes it non-null again.
    /// </summary>
    ISharedFrames? Shared { get; }

    /// <summary>Gets the next frame.</summary>
    /// <param name="newest">The newest state that the caller knows.</param>
    /// <param name="from">The client's cursor.</param>
    /// <param name="to">The client's cursor once it has been sent the frame.</param>
    /// <param name="wait">
    /// How soon to ask again even if the market does not change; <see cref="TimeSpan.MaxValue"/> if there is no need to.
    /// </param>
    /// <returns>The frame, which the caller sends; empty if there is nothing to send now.</returns>
    ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to, out TimeSpan wait);

    /// <summary>Whether the client is told which exchanges come and go.</summary>
    bool WantsStatus { get; }

    /// <summary>Gets what the client has not been told yet about the exchanges. It goes before prices.</summary>
    /// <param name="newest">The newest state that the caller knows.</param>
    /// <returns>The frame, which the caller sends; empty if there is nothing to tell now.</returns>
    ReadOnlyMemory<byte> NextStatus(MarketState newest);

    /// <summary>
    /// Called when the market may have other symbols than those that the channel was made from, and when the session begins.
    /// </summary>
    void OnSymbolsChanged(MarketState newest);

    /// <summary>Releases what it shares with others. Called once, when the session has ended.</summary>
    void Close();
}
