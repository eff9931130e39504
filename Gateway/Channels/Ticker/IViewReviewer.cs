using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Finds out what a session may see of the market's symbols.</summary>
internal interface IViewReviewer
{
    /// <summary>Begins to find it out; the answer goes to <see cref="TickerChannel.Apply(ViewChange)"/>. It does not block.</summary>
    /// <param name="channel">The session's channel.</param>
    /// <param name="symbols">The market's symbols.</param>
    void Review(TickerChannel channel, ImmutableArray<string> symbols);
}
