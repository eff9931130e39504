using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Candles;

/// <summary>Opens the channel of candles for each session.</summary>
internal sealed class CandleChannels(CandleViews views, MissedCandleReader reader)
{
    /// <summary>Opens a channel, which sends nothing yet.</summary>
    /// <param name="slot">The session's slot at its worker.</param>
    /// <param name="protocol">The client's language.</param>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    public CandleChannel Open(IWorkerSlot slot, IWireProtocol protocol, bool isCompressed) =>
        new(views, reader, slot, protocol, protocol.GetCandleEncoding(isCompressed));
}
