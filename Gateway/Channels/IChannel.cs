using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels;

/// <summary>
/// Something that a session is sent. It is state: what comes next is a function of the cursor that the client has reached, however it got
/// there. Each session has a channel of its own, for its worker alone.
/// </summary>
internal interface IChannel
{
    /// <summary>
    /// The frames that may be sent without asking the channel; null if each has to be requested by <see cref="Next"/>. Another thread may make
    /// it null at any time, so read it once. Only the worker makes it non-null again.
    /// </summary>
    ISharedFrames? Shared { get; }

    /// <summary>What goes next.</summary>
    /// <param name="newest">The newest state that the caller knows.</param>
    /// <param name="from">The client's cursor.</param>
    /// <param name="to">The client's cursor once it has been sent the frame.</param>
    /// <param name="wait">How soon to ask again even if the market stands still; <see cref="TimeSpan.MaxValue"/> if there is no need to.</param>
    /// <returns>The frame, which the caller sends; empty where nothing is to be sent now.</returns>
    ReadOnlyMemory<byte> Next(MarketState newest, Cursor from, out Cursor to, out TimeSpan wait);

    /// <summary>The market may have other symbols than those that the channel was made from. Called when the session begins, too.</summary>
    void OnSymbolsChanged(MarketState newest);

    /// <summary>Lets go of what it shares with others. Called once, when the session has ended.</summary>
    void Close();
}
