using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>Opens the ticker's channel for each session.</summary>
internal sealed class TickerChannels(Views views, StatusFrames statuses, TimeProvider time)
{
    /// <summary>Opens a channel.</summary>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="reviewer">Finds out what the client may see when the market has new symbols.</param>
    /// <param name="protocol">The client's language.</param>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    /// <param name="view">What the client is sent.</param>
    /// <param name="market">The market's symbols that the view was made from.</param>
    public TickerChannel Open(
        IWorkerSlot slot, IViewReviewer reviewer, IWireProtocol protocol, bool isCompressed, SessionView view, ImmutableArray<string> market) =>
        new(views, statuses, slot, reviewer, protocol, isCompressed, view, market, time);
}
