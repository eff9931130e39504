using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Opens the ticker's channel for each session.</summary>
internal sealed class TickerChannels(Views views, TimeProvider time)
{
    /// <summary>Opens a channel.</summary>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="reviewer">Finds out what the client may see when the market has new symbols.</param>
    /// <param name="encoding">How prices are written for the client.</param>
    /// <param name="symbols">The symbols that the client sees, in ordinal order.</param>
    /// <param name="market">The market's symbols that the view was made from.</param>
    public TickerChannel Open(
        IWorkerSlot slot, IViewReviewer reviewer, IQuoteEncoding encoding, ImmutableArray<string> symbols, ImmutableArray<string> market) =>
        new(views, slot, reviewer, encoding, symbols, market, time);
}
