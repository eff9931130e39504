using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Finds out which of the market's symbols a session may see.</summary>
internal interface IViewReviewer
{
    /// <summary>Starts a review, whose result goes to <see cref="TickerChannel.Apply(ViewChange)"/>. It does not block.</summary>
    /// <param name="channel">The session's channel.</param>
    /// <param name="market">The market.</param>
    void Review(TickerChannel channel, MarketState market);
}
